//! Divides contents among upload requests: pure arithmetic, no I/O.
//!
//! Every request becomes one pack on the server and costs one flush to its disk, so there are few; they are of nearly
//! one size, so that the lanes end together.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::api::deployments::UploadLimits;
use crate::content::frame::{HEADER_LENGTH, LONGEST_PART};

const HEADER: u64 = HEADER_LENGTH as u64;
/// Servers take parts of exactly this length, and a shorter one only at a content's end.
const PART: u64 = LONGEST_PART as u64;
/// Most requests at once, whatever the server allows: more gain nothing on one connection's bandwidth.
const MOST_LANES: u64 = 4;
/// Below this a second request costs more (a connection, a flush to disk) than it gains.
const SMALLEST_SHARE: u64 = 4 * 1024 * 1024;

/// A content, or the rest of one, to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wanted {
    /// Its position among the sources.
    pub(super) source: usize,
    /// Bytes that the server has already: whole parts.
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
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Plan {
    /// How many chains to work on at once.
    pub(super) lanes: usize,
    /// Requests that must follow each other, longest chain first. Only a content that exceeds one request makes a
    /// chain of several.
    pub(super) chains: Vec<Vec<Request>>,
}

/// A frame exceeds what the server allows for a whole request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the server allows {0} bytes a request, but one frame needs {1}")]
pub(super) struct NoRoom(u64, u64);

/// Plans an upload.
pub(super) fn plan(wanted: &[Wanted], limits: &UploadLimits) -> Result<Plan, NoRoom> {
    let capacity = limits.request_bytes;
    let frames = wanted.iter().map(|content| HEADER + (content.size - content.start).min(PART));
    let Some(longest_frame) = frames.max() else { return Ok(Plan { lanes: 1, chains: Vec::new() }) };
    if longest_frame > capacity {
        return Err(NoRoom(capacity, longest_frame));
    }
    let (large, mut small): (Vec<Wanted>, Vec<Wanted>) = wanted.iter().partition(|content| encoded(content) > capacity);
    let total: u64 = wanted.iter().map(encoded).sum();
    let lanes = total.div_ceil(SMALLEST_SHARE).clamp(1, MOST_LANES.min(u64::from(limits.parallel_requests)).max(1));

    let mut chains: Vec<Vec<Request>> = large.iter().map(|content| chain(content, capacity)).collect();
    small.sort_by_key(|content| Reverse(encoded(content)));
    chains.extend(balance(&small, lanes, capacity).into_iter().map(|request| vec![request]));
    chains.sort_by_key(|chain| Reverse(chain.iter().map(|request| request.body_bytes).sum::<u64>()));
    Ok(Plan { lanes: lanes as usize, chains })
}

/// Bytes of a content in frames; an empty one is one frame.
fn encoded(content: &Wanted) -> u64 {
    let left = content.size - content.start;
    left + HEADER * left.div_ceil(PART).max(1)
}

fn parts(content: &Wanted) -> impl Iterator<Item = Part> + use<> {
    let Wanted { source, start, size } = *content;
    let count = (size - start).div_ceil(PART).max(1);
    (0..count).map(move |number| {
        let start = start + number * PART;
        Part { source, start, length: (size - start).min(PART) as u32 }
    })
}

/// Cuts a content that exceeds one request.
fn chain(content: &Wanted, capacity: u64) -> Vec<Request> {
    let mut requests = vec![Request::default()];
    for part in parts(content) {
        let needed = HEADER + u64::from(part.length);
        match requests.last_mut() {
            Some(request) if request.body_bytes + needed <= capacity => request.push(part),
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
fn balance(contents: &[Wanted], lanes: u64, capacity: u64) -> Vec<Request> {
    let total: u64 = contents.iter().map(encoded).sum();
    // A sixteenth of each request stays free, so that the last contents still find room.
    let room = lanes.saturating_mul(capacity - capacity / 16);
    let count = (lanes * total.div_ceil(room)).min(contents.len() as u64) as usize;
    let mut requests = vec![Request::default(); count];
    let mut emptiest: BinaryHeap<Reverse<(u64, usize)>> = (0..count).map(|number| Reverse((0, number))).collect();
    for content in contents {
        let fits = |used: u64| used + encoded(content) <= capacity;
        let number = match emptiest.peek().copied() {
            Some(Reverse((used, number))) if fits(used) => {
                emptiest.pop();
                number
            }
            _ => {
                requests.push(Request::default());
                requests.len() - 1
            }
        };
        parts(content).for_each(|part| requests[number].push(part));
        emptiest.push(Reverse((requests[number].body_bytes, number)));
    }
    for request in &mut requests {
        request.parts.sort_unstable_by_key(|part| (part.source, part.start));
    }
    requests
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
    fn a_server_without_limits_gets_what_it_asked_for() {
        let plan = plan(&contents(&[10, 20 * MIB]), &limits(u64::MAX, u32::MAX)).expect("a plan");
        assert_eq!(plan.chains.iter().flatten().map(Request::content_bytes).sum::<u64>(), 10 + 20 * MIB);
    }

    #[test]
    fn nothing_wanted_is_nothing_sent() {
        assert_eq!(plan(&[], &limits(0, 0)).expect("a plan").chains.len(), 0);
        assert_eq!(plan(&contents(&[10]), &limits(57, 4)), Err(NoRoom(57, 58)));
    }

    #[test]
    fn a_large_content_goes_on_where_the_server_has_it() {
        let wanted = [Wanted { source: 3, start: 8 * MIB, size: 43 * MIB }];
        let plan = plan(&wanted, &limits(20 * MIB, 4)).expect("a plan");
        let parts: Vec<Vec<(u64, u32)>> = plan.chains[0]
            .iter()
            .map(|request| request.parts.iter().map(|part| (part.start / MIB, part.length / MIB as u32)).collect())
            .collect();
        assert_eq!(plan.chains.len(), 1);
        assert_eq!(parts, [vec![(8, 8), (16, 8)], vec![(24, 8), (32, 8), (40, 3)]]);
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn every_byte_is_sent_once_in_order_and_within_the_limits(
            sizes in proptest::collection::vec((0..60 * MIB, 0u64..7), 0..60),
            request_bytes in PART + HEADER..40 * MIB,
            parallel in 0u32..6,
        ) {
            let wanted: Vec<Wanted> = sizes
                .iter()
                .enumerate()
                .map(|(source, (size, parts))| Wanted { source, start: (parts * PART).min(size / PART * PART), size: *size })
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
                        prop_assert!(part.start % PART == 0);
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
