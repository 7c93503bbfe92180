//! Work on many items on a few threads.

use std::sync::{Mutex, PoisonError};
use std::thread;

/// Most threads: beyond that a disk, not a processor, sets the pace.
const MOST_THREADS: usize = 8;

/// Hands every item to `work`, on as many threads as there are processors (at most 8) and items.
///
/// Each thread has a state of its own, made by `state`; all states are returned. Which item lands in which state is left
/// to chance.
pub(super) fn for_each<I: Send, S: Send>(
    items: impl ExactSizeIterator<Item = I> + Send,
    state: impl Fn() -> S + Sync,
    work: impl Fn(&mut S, I) + Sync,
) -> Vec<S> {
    let threads = thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS).min(items.len());
    let items = Mutex::new(items);
    let run = || {
        let mut own = state();
        // The lock is held only while the next item is taken.
        while let Some(item) = next(&items) {
            work(&mut own, item);
        }
        own
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        let mut states = vec![run()];
        for other in others {
            states.push(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        states
    })
}

fn next<I>(items: &Mutex<impl Iterator<Item = I>>) -> Option<I> {
    items.lock().unwrap_or_else(PoisonError::into_inner).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once() {
        for count in [0, 1, 1000] {
            let states = for_each((0..count).collect::<Vec<_>>().into_iter(), Vec::new, |own, item| own.push(item));
            let mut all = states.concat();
            all.sort_unstable();
            assert_eq!(all, (0..count).collect::<Vec<_>>());
        }
    }
}
