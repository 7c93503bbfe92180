//! A bounded cache in memory that many threads read at once.
//!
//! Second chance: entries queue up; the one in front goes when room is needed, unless it was used since it last stood
//! there, then it queues up again. A hit therefore takes only a shared lock and sets a flag.

use std::collections::hash_map::{Entry, RandomState};
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hash};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{PoisonError, RwLock};

/// Most shards: each has its own lock.
const MOST_SHARDS: usize = 16;
/// Fewest bytes of a shard, so that the largest values still fit several times.
const SMALLEST_SHARD: usize = 4 * 1024 * 1024;

/// A cache bounded by the bytes that its values are said to take.
pub(super) struct Cache<K, V> {
    shards: Box<[RwLock<Shard<K, V>>]>,
    shard_bytes: usize,
    hasher: RandomState,
}

struct Shard<K, V> {
    slots: HashMap<K, Slot<V>>,
    queue: VecDeque<K>,
    bytes: usize,
}

struct Slot<V> {
    value: V,
    bytes: usize,
    was_used: AtomicBool,
}

impl<K: Hash + Eq + Clone, V> Cache<K, V> {
    /// A cache of at most `bytes` bytes.
    pub(super) fn new(bytes: usize) -> Self {
        let count = (bytes / SMALLEST_SHARD).clamp(1, MOST_SHARDS);
        let shard = || RwLock::new(Shard { slots: HashMap::new(), queue: VecDeque::new(), bytes: 0 });
        Cache {
            shards: std::iter::repeat_with(shard).take(count).collect(),
            shard_bytes: bytes / count,
            hasher: RandomState::new(),
        }
    }

    /// The value under a key.
    pub(super) fn get(&self, key: &K) -> Option<V>
    where
        V: Clone,
    {
        self.read(key, V::clone)
    }

    /// What `look` makes of the value under a key. It runs under the lock, so it must be short.
    pub(super) fn read<R>(&self, key: &K, look: impl FnOnce(&V) -> R) -> Option<R> {
        // A poisoned lock is no danger: nothing that can panic runs between two changes that belong together.
        let shard = self.shard(key).read().unwrap_or_else(PoisonError::into_inner);
        let slot = shard.slots.get(key)?;
        // Written only when it changes, so that a hot entry's memory is not passed from core to core.
        if !slot.was_used.load(Ordering::Relaxed) {
            slot.was_used.store(true, Ordering::Relaxed);
        }
        Some(look(&slot.value))
    }

    /// Puts a value of `bytes` bytes under a key. One that is larger than a shard is not kept.
    pub(super) fn insert(&self, key: K, value: V, bytes: usize) {
        if bytes > self.shard_bytes {
            return;
        }
        let mut shard = self.shard(&key).write().unwrap_or_else(PoisonError::into_inner);
        shard.put(key, Slot { value, bytes, was_used: AtomicBool::new(false) });
        while shard.bytes > self.shard_bytes && shard.evict_one() {}
    }

    fn shard(&self, key: &K) -> &RwLock<Shard<K, V>> {
        // The upper half: the map inside the shard has a hasher of its own, but there is no need to rely on it.
        let hash = self.hasher.hash_one(key) >> 32;
        &self.shards[hash as usize % self.shards.len()]
    }
}

impl<K: Hash + Eq + Clone, V> Shard<K, V> {
    fn put(&mut self, key: K, slot: Slot<V>) {
        self.bytes += slot.bytes;
        match self.slots.entry(key) {
            Entry::Occupied(mut present) => self.bytes -= present.insert(slot).bytes,
            Entry::Vacant(vacant) => {
                self.queue.push_back(vacant.key().clone());
                vacant.insert(slot);
            }
        }
    }

    /// Takes the front of the queue out or lets it queue up again; false when the queue is empty.
    fn evict_one(&mut self) -> bool {
        let Some(key) = self.queue.pop_front() else { return false };
        let was_used = self.slots.get_mut(&key).is_some_and(|slot| std::mem::take(slot.was_used.get_mut()));
        if was_used {
            self.queue.push_back(key);
        } else {
            self.bytes -= self.slots.remove(&key).map_or(0, |slot| slot.bytes);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(cache: &Cache<u32, u32>, keys: std::ops::Range<u32>) -> usize {
        keys.filter(|key| cache.get(key).is_some()).count()
    }

    fn used_bytes(cache: &Cache<u32, u32>) -> usize {
        cache.shards.iter().map(|shard| shard.read().expect("not poisoned").bytes).sum()
    }

    #[test]
    fn the_bound_holds_whatever_is_put_in() {
        for bound in [0, 1000, 20 * SMALLEST_SHARD] {
            let cache = Cache::new(bound);
            for key in 0..10_000 {
                cache.insert(key, key, (key as usize * 7919) % (bound / 10 + 1));
                if key % 3 == 0 {
                    cache.get(&(key / 2));
                }
            }
            assert!(used_bytes(&cache) <= bound, "{bound}");
            for shard in &cache.shards {
                let shard = shard.read().expect("not poisoned");
                assert_eq!(shard.queue.len(), shard.slots.len());
                assert_eq!(shard.bytes, shard.slots.values().map(|slot| slot.bytes).sum::<usize>());
            }
        }
    }

    #[test]
    fn what_is_used_stays_and_what_is_not_goes() {
        let cache = Cache::new(100);
        cache.insert(0, 0, 10);
        for key in 1..1000 {
            assert_eq!(cache.get(&0), Some(0), "before {key}");
            cache.insert(key, key, 10);
        }
        assert!(cache.get(&1).is_none() && cache.get(&999).is_some());
        assert_eq!(held(&cache, 0..1000), 10);
    }

    #[test]
    fn a_value_is_replaced_in_place_and_one_too_large_is_not_kept() {
        let cache = Cache::new(100);
        cache.insert(1, 1, 60);
        cache.insert(1, 2, 40);
        assert_eq!((cache.get(&1), used_bytes(&cache)), (Some(2), 40));
        cache.insert(2, 2, 101);
        assert_eq!((cache.get(&2), cache.get(&1)), (None, Some(2)));
    }
}
