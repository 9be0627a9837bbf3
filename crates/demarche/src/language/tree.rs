//! The best tree over arc scores: Chu-Liu/Edmonds with exactly one word on the root.

/// Heads (0 is the root, word `i` is `i + 1`) of the best tree. `scores[d][h]` is how well word `d` hangs on `h`.
pub fn best(scores: &[Vec<f32>]) -> Vec<usize> {
    let n = scores.len();
    let greedy: Vec<usize> = scores.iter().enumerate().map(|(d, row)| argmax(row, |h| h != d + 1)).collect();
    if greedy.iter().filter(|&&h| h == 0).count() == 1 && !cyclic(&greedy) {
        return greedy;
    }
    // One root: try the likeliest few, and take the best tree among them.
    let mut roots: Vec<usize> = (0..n).collect();
    roots.sort_by(|&a, &b| scores[b][0].total_cmp(&scores[a][0]).then(a.cmp(&b)));
    let mut found: Option<(f32, Vec<usize>)> = None;
    for &root in roots.iter().take(3) {
        let mut s = vec![vec![f32::MIN; n + 1]; n + 1];
        for d in 0..n {
            for h in 1..=n {
                if h != d + 1 && d != root {
                    s[d + 1][h] = scores[d][h];
                }
            }
        }
        s[root + 1][0] = scores[root][0];
        let heads = edmonds(&s);
        let total: f32 = (1..=n).map(|d| s[d][heads[d]].max(-1e6)).sum();
        if found.as_ref().is_none_or(|(best, _)| total > *best) {
            found = Some((total, heads[1..].to_vec()));
        }
    }
    match found {
        Some((_, heads)) if !cyclic(&heads) => heads,
        _ => chain(n),
    }
}

/// The tree of last resort: every word on the one before.
fn chain(n: usize) -> Vec<usize> {
    (0..n).collect()
}

fn argmax(row: &[f32], allowed: impl Fn(usize) -> bool) -> usize {
    let mut best = 0;
    let mut value = f32::NEG_INFINITY;
    for (i, &v) in row.iter().enumerate() {
        if v > value && allowed(i) {
            (best, value) = (i, v);
        }
    }
    best
}

fn cyclic(heads: &[usize]) -> bool {
    // 0 unseen, 1 on the way, 2 known to reach the root
    let mut state = vec![0u8; heads.len() + 1];
    state[0] = 2;
    for start in 1..=heads.len() {
        let mut at = start;
        while state[at] == 0 {
            state[at] = 1;
            at = heads[at - 1];
        }
        if state[at] == 1 {
            return true;
        }
        let mut at = start;
        while state[at] == 1 {
            state[at] = 2;
            at = heads[at - 1];
        }
    }
    false
}

/// Best arborescence from node 0; `s[d][h]` scores. Contracts one cycle at a time, without recursion on the stack
/// deeper than the number of cycles, which is at most half the words.
fn edmonds(s: &[Vec<f32>]) -> Vec<usize> {
    let n = s.len();
    let mut heads: Vec<usize> = (0..n).map(|d| if d == 0 { 0 } else { argmax(&s[d], |h| h != d) }).collect();
    let Some(cycle) = find_cycle(&heads) else { return heads };
    let inside = |i: usize| cycle.contains(&i);
    let rest: Vec<usize> = (0..n).filter(|&i| !inside(i)).collect();
    let k = rest.len(); // the contracted node
    let total: f32 = cycle.iter().map(|&c| s[c][heads[c]]).sum();
    let mut small = vec![vec![f32::MIN; k + 1]; k + 1];
    let mut enter = vec![0; k];
    let mut leave = vec![0; k];
    for (a, &r) in rest.iter().enumerate() {
        for (b, &q) in rest.iter().enumerate() {
            small[a][b] = s[r][q];
        }
        let gain = |c: usize| s[c][r] - s[c][heads[c]];
        let into = cycle.iter().copied().reduce(|x, y| if gain(y) > gain(x) { y } else { x }).unwrap_or(r);
        small[k][a] = gain(into) + total;
        enter[a] = into;
        if r != 0 {
            let out = cycle.iter().copied().reduce(|x, y| if s[r][y] > s[r][x] { y } else { x }).unwrap_or(r);
            small[a][k] = s[r][out];
            leave[a] = out;
        }
    }
    let solved = edmonds(&small);
    for (a, &r) in rest.iter().enumerate() {
        if r != 0 {
            heads[r] = if solved[a] == k { leave[a] } else { rest[solved[a]] };
        }
    }
    let from = solved[k];
    if from < k {
        heads[enter[from]] = rest[from];
    }
    heads
}

fn find_cycle(heads: &[usize]) -> Option<Vec<usize>> {
    let mut seen = vec![0usize; heads.len()];
    for start in 1..heads.len() {
        let mut at = start;
        while at != 0 && seen[at] == 0 {
            seen[at] = start;
            at = heads[at];
        }
        if at != 0 && seen[at] == start {
            let mut cycle = vec![at];
            let mut next = heads[at];
            while next != at {
                cycle.push(next);
                next = heads[next];
            }
            return Some(cycle);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greedy_tree_is_kept() {
        // "They met": met on the root, They on met
        let scores = vec![vec![0.0, -9.0, 5.0], vec![5.0, 1.0, -9.0]];
        assert_eq!(best(&scores), [2, 0]);
    }

    #[test]
    fn a_cycle_is_broken_at_the_least_cost() {
        // 1 and 2 prefer each other; 2 loses less by going to the root
        let scores = vec![vec![1.0, -9.0, 5.0], vec![4.0, 5.0, -9.0]];
        assert_eq!(best(&scores), [2, 0]);
    }

    #[test]
    fn any_scores_give_a_tree_with_one_root() {
        let mut seed = 7u64;
        for n in 1..12 {
            for _ in 0..50 {
                let scores: Vec<Vec<f32>> = (0..n)
                    .map(|_| {
                        (0..=n)
                            .map(|_| {
                                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1);
                                (seed >> 40) as f32
                            })
                            .collect()
                    })
                    .collect();
                let heads = best(&scores);
                assert!(!cyclic(&heads), "{scores:?}");
                assert_eq!(heads.iter().filter(|&&h| h == 0).count(), 1, "{scores:?}");
            }
        }
    }
}
