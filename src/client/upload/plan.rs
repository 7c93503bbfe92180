//! Divides contents among upload requests: pure arithmetic, no I/O.
//!
//! Every request becomes one pack on the server and costs one flush to its disk, so there are few; they are of nearly
//! one size, so that the lanes end together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::api::deployments::UploadLimits;
use crate::content::frame::{HEADER_LENGTH, LONGEST_PART};

const HEADER: u64 = HEADER_LENGTH as u64;
/// Most requests at once, whatever the server allows: more gain nothing on one connection's bandwidth.
const MOST_LANES: u64 = 4;
/// Below this a second request costs more (a connection, a flush to disk) than it gains.
const SMALLEST_SHARE: u64 = 4 * 1024 * 1024;

/// A content, or the rest of one, to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its position among the sources.
    pub(super) source: usize,
    /// Bytes that the server has already.
    pub(super) start: u64,
    /// Bytes of the whole content.
    pub(super) size: u64,
}

/// What one frame carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) source: usize,
    pub(super) start: u64,
    pub(super) length: u32,
}

/// The frames of one request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Request {
    pub(super) parts: Vec<Part>,
    /// Bytes of the body, headers included.
    pub(super) body_bytes: u64,
}

impl Request {
    fn push(&mut self, part: Part) {
        self.body_bytes += HEADER + u64::from(part.length);
        self.parts.push(part);
    }

    /// Bytes of content.
    pub(super) fn content_bytes(&self) -> u64 {
        self.body_bytes - HEADER * self.parts.len() as u64
    }
}

/// All requests of an upload.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// How many chains to work on at once.
    pub(super) lanes: usize,
    /// Requests that must follow each other, longest chain first. Only a content that exceeds one request makes a
    /// chain of several.
    pub(super) chains: Vec<Vec<Request>>,
}

/// The server's limits leave no room for a single byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server allows {0} bytes a request, less than one frame needs")]
pub(super) struct NoRoom(u64);

/// Plans an upload.
pub(super) fn plan(wanted: &[Wanted], limits: &UploadLimits) -> Result<Plan, NoRoom> {
    let capacity = limits.request_bytes;
    let longest_part = capacity.saturating_sub(HEADER).min(u64::from(LONGEST_PART));
    if longest_part == 0 {
        return Err(NoRoom(capacity));
    }
    let cutter = Cutter { capacity, longest_part };
    let (large, mut small): (Vec<Wanted>, Vec<Wanted>) =
        wanted.iter().partition(|content| cutter.encoded(content) > capacity);
    let total: u64 = wanted.iter().map(|content| cutter.encoded(content)).sum();
    let lanes = total.div_ceil(SMALLEST_SHARE).clamp(1, MOST_LANES.min(u64::from(limits.parallel_requests)).max(1));

    let mut chains: Vec<Vec<Request>> = large.iter().map(|content| cutter.chain(content)).collect();
    small.sort_by_key(|content| Reverse(cutter.encoded(content)));
    chains.extend(cutter.balance(&small, lanes).into_iter().map(|request| vec![request]));
    chains.sort_by_key(|chain| Reverse(chain.iter().map(|request| request.body_bytes).sum::<u64>()));
    Ok(Plan { lanes: lanes as usize, chains })
}

struct Cutter {
    capacity: u64,
    longest_part: u64,
}

impl Cutter {
    /// Bytes of a content in frames; an empty one is one frame.
    fn encoded(&self, content: &Wanted) -> u64 {
        let left = content.size - content.start;
        left + HEADER * left.div_ceil(self.longest_part).max(1)
    }

    fn parts(&self, content: &Wanted) -> impl Iterator<Item = Part> + use<> {
        let (Wanted { source, start, size }, longest) = (*content, self.longest_part);
        let count = (size - start).div_ceil(longest).max(1);
        (0..count).map(move |number| {
            let start = start + number * longest;
            Part { source, start, length: (size - start).min(longest) as u32 }
        })
    }

    /// Cuts a content that exceeds one request.
    fn chain(&self, content: &Wanted) -> Vec<Request> {
        let mut requests = vec![Request::default()];
        for part in self.parts(content) {
            let needed = HEADER + u64::from(part.length);
            match requests.last_mut() {
                Some(request) if request.body_bytes + needed <= self.capacity => request.push(part),
                _ => {
                    let mut request = Request::default();
                    request.push(part);
                    requests.push(request);
                }
            }
        }
        requests
    }

    /// Puts contents, largest first, each into the request that is emptiest so far.
    fn balance(&self, contents: &[Wanted], lanes: u64) -> Vec<Request> {
        let total: u64 = contents.iter().map(|content| self.encoded(content)).sum();
        // A sixteenth of each request stays free, so that the last contents still find room.
        let room = lanes * (self.capacity - self.capacity / 16);
        let count = (lanes * total.div_ceil(room)).min(contents.len() as u64) as usize;
        let mut requests = vec![Request::default(); count];
        let mut emptiest: BinaryHeap<Reverse<(u64, usize)>> = (0..count).map(|number| Reverse((0, number))).collect();
        for content in contents {
            let needed = self.encoded(content);
            let number = match emptiest.peek() {
                Some(Reverse((used, number))) if used + needed <= self.capacity => {
                    let number = *number;
                    emptiest.pop();
                    number
                }
                _ => {
                    requests.push(Request::default());
                    requests.len() - 1
                }
            };
            self.parts(content).for_each(|part| requests[number].push(part));
            emptiest.push(Reverse((requests[number].body_bytes, number)));
        }
        for request in &mut requests {
            request.parts.sort_unstable_by_key(|part| (part.source, part.start));
        }
        requests
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MIB: u64 = 1024 * 1024;

    fn limits(request_bytes: u64, parallel_requests: u32) -> UploadLimits {
        UploadLimits { request_bytes, parallel_requests }
    }

    fn contents(sizes: &[u64]) -> Vec<Wanted> {
        sizes.iter().enumerate().map(|(source, size)| Wanted { source, start: 0, size: *size }).collect()
    }

    #[test]
    fn a_small_upload_is_one_request() {
        let plan = plan(&contents(&[10; 300]), &limits(32 * MIB, 8)).expect("a plan");
        assert_eq!((plan.lanes, plan.chains.len()), (1, 1));
        assert_eq!(plan.chains[0][0].body_bytes, 300 * 58);
        assert_eq!(plan.chains[0][0].content_bytes(), 3000);
    }

    #[test]
    fn lanes_get_nearly_equal_requests() {
        let sizes: Vec<u64> = (0..2000).map(|number| 1000 + number * 20).collect();
        let plan = plan(&contents(&sizes), &limits(32 * MIB, 16)).expect("a plan");
        let bytes: Vec<u64> = plan.chains.iter().map(|chain| chain[0].body_bytes).collect();
        assert_eq!((plan.lanes, bytes.len()), (4, 4));
        assert!(bytes[0] - bytes[3] < 50_000, "{bytes:?}");
    }

    #[test]
    fn nothing_wanted_is_nothing_sent() {
        assert_eq!(plan(&[], &limits(32 * MIB, 4)).expect("a plan").chains.len(), 0);
        assert!(plan(&[], &limits(48, 4)).is_err());
    }

    #[test]
    fn a_large_content_goes_on_where_the_server_has_it() {
        let wanted = [Wanted { source: 3, start: 5 * MIB, size: 40 * MIB }];
        let plan = plan(&wanted, &limits(20 * MIB, 4)).expect("a plan");
        let parts: Vec<Vec<(u64, u32)>> = plan.chains[0]
            .iter()
            .map(|request| request.parts.iter().map(|part| (part.start / MIB, part.length / MIB as u32)).collect())
            .collect();
        assert_eq!(plan.chains.len(), 1);
        assert_eq!(parts, [vec![(5, 8), (13, 8)], vec![(21, 8), (29, 8), (37, 3)]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_is_sent_once_in_order_and_within_the_limits(
            sizes in proptest::collection::vec((0u64..40_000, 0u64..10), 0..60),
            request_bytes in 49u64..60_000,
            parallel in 0u32..6,
        ) {
            let wanted: Vec<Wanted> = sizes
                .iter()
                .enumerate()
                .map(|(source, (size, tenths))| Wanted { source, start: size * tenths / 10, size: *size })
                .collect();
            let plan = plan(&wanted, &limits(request_bytes, parallel)).expect("a plan");
            let mut reached: Vec<Option<u64>> = vec![None; wanted.len()];
            for chain in &plan.chains {
                for request in chain {
                    prop_assert!(request.body_bytes <= request_bytes && !request.parts.is_empty());
                    let body: u64 = request.parts.iter().map(|part| HEADER + u64::from(part.length)).sum();
                    prop_assert_eq!(request.body_bytes, body);
                    for part in &request.parts {
                        let begin = reached[part.source].unwrap_or(wanted[part.source].start);
                        prop_assert_eq!(part.start, begin);
                        reached[part.source] = Some(begin + u64::from(part.length));
                    }
                }
            }
            for content in &wanted {
                prop_assert_eq!(reached[content.source], Some(content.size));
            }
        }
    }
}
