//! Evaluation, generators and benchmarks.
fn main() {}
