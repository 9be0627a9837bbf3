# The recipes of .ci/run one by one, and what one needs every day. `just` lists them.

_list:
    @just --list

# All that must hold before a change is taken in
ci:
    .ci/run

# Format the code
fmt:
    cargo fmt --all

# Format and lints, as in CI
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets --locked -- -D warnings

# Unit, program and documentation tests
test:
    cargo test --workspace --locked

# Run the examples of the codebook, or of a folder laid out like it
check *DIR:
    cargo run --quiet --locked -p demarche-cli -- check {{DIR}}

# Verify the corpus
corpus:
    python3 corpus/check.py corpus/*.jsonl

# Code the example pages
examples:
    cargo run --release --locked -p demarche-cli -- code examples

# Measure a task, as in `just eval reading examples`
eval TASK PATH *ARGS:
    cargo run --release --locked -p demarche-dev -- eval {{TASK}} {{PATH}} {{ARGS}}
