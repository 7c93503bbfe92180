//! Finding the rules whose source fits a request without trying each of them.
//!
//! Exact paths are in a hash map, patterns of whole segments in a tree of segments. Of many rules for one path that differ
//! in a query parameter's value only those with the request's values are looked at.

use std::collections::HashMap;

use super::host::HostPattern;
use super::path::{PathPattern, Segment};
use super::source::Source;

/// Number of a rule in its file.
pub type RuleNumber = u32;

/// A query parameter as a request or a rule has it.
pub type Pair<'a> = (&'a str, &'a str);

/// The rules of a file by their sources.
#[derive(Debug, Default)]
pub struct Index {
    anywhere: PathIndex,
    hosts: HashMap<Box<str>, PathIndex>,
    host_patterns: Vec<(HostPattern, PathIndex)>,
}

impl Index {
    /// Adds a rule. `pair` is a query parameter with a value that a request must have.
    pub fn insert(&mut self, number: RuleNumber, source: &Source, pair: Option<Pair<'_>>) {
        let paths = match &source.host {
            None => &mut self.anywhere,
            Some(HostPattern::Exact(name)) => self.hosts.entry(name.clone()).or_default(),
            Some(pattern) => {
                let known = self.host_patterns.iter().position(|(known, _)| known == pattern);
                let at = known.unwrap_or_else(|| {
                    self.host_patterns.push((pattern.clone(), PathIndex::default()));
                    self.host_patterns.len() - 1
                });
                &mut self.host_patterns[at].1
            }
        };
        paths.insert(number, &source.path, pair);
    }

    /// The rules that may fit, in the order of the file. Only mixed patterns may turn out not to fit.
    pub fn candidates(&self, host: &str, path: &str, pairs: &[Pair<'_>]) -> Vec<RuleNumber> {
        let mut found = Vec::new();
        self.anywhere.collect(path, pairs, &mut found);
        if let Some(paths) = self.hosts.get(host) {
            paths.collect(path, pairs, &mut found);
        }
        for (pattern, paths) in &self.host_patterns {
            if pattern.captures(host).is_some() {
                paths.collect(path, pairs, &mut found);
            }
        }
        found.sort_unstable();
        found
    }
}

#[derive(Debug, Default)]
struct PathIndex {
    exact: HashMap<Box<str>, Bucket>,
    tree: Node,
    mixed: Bucket,
}

/// A place in the tree of segments.
#[derive(Debug, Default)]
struct Node {
    texts: HashMap<Box<str>, Node>,
    placeholder: Option<Box<Node>>,
    /// Patterns that end here.
    ends: Bucket,
    /// Patterns that end here with `/*`.
    rest: Bucket,
}

/// Rules of one source.
#[derive(Debug, Default)]
struct Bucket {
    always: Vec<RuleNumber>,
    by_pair: HashMap<Box<str>, HashMap<Box<str>, Vec<RuleNumber>>>,
}

impl PathIndex {
    fn insert(&mut self, number: RuleNumber, pattern: &PathPattern, pair: Option<Pair<'_>>) {
        let bucket = match pattern {
            PathPattern::Exact(path) => self.exact.entry(path.clone()).or_default(),
            PathPattern::Mixed(_) => &mut self.mixed,
            PathPattern::Segments { segments, rest } => {
                let mut node = &mut self.tree;
                for segment in segments {
                    node = match segment {
                        Segment::Text(text) => node.texts.entry(text.clone()).or_default(),
                        Segment::Placeholder(_) => node.placeholder.get_or_insert_default(),
                    };
                }
                if *rest { &mut node.rest } else { &mut node.ends }
            }
        };
        bucket.insert(number, pair);
    }

    fn collect(&self, path: &str, pairs: &[Pair<'_>], found: &mut Vec<RuleNumber>) {
        if let Some(bucket) = self.exact.get(path) {
            bucket.collect(pairs, found);
        }
        self.mixed.collect(pairs, found);
        self.tree.collect(Some(path).filter(|path| !path.is_empty()), pairs, found);
    }
}

impl Node {
    fn collect(&self, left: Option<&str>, pairs: &[Pair<'_>], found: &mut Vec<RuleNumber>) {
        self.rest.collect(pairs, found);
        let Some(text) = left else {
            self.ends.collect(pairs, found);
            return;
        };
        let (first, behind) = match text.split_once('/') {
            Some((first, behind)) => (first, Some(behind)),
            None => (text, None),
        };
        if let Some(node) = self.texts.get(first) {
            node.collect(behind, pairs, found);
        }
        if let Some(node) = &self.placeholder {
            node.collect(behind, pairs, found);
        }
    }
}

impl Bucket {
    fn insert(&mut self, number: RuleNumber, pair: Option<Pair<'_>>) {
        match pair {
            None => self.always.push(number),
            Some((name, value)) => {
                let by_value = self.by_pair.entry(name.into()).or_default();
                by_value.entry(value.into()).or_default().push(number);
            }
        }
    }

    fn collect(&self, pairs: &[Pair<'_>], found: &mut Vec<RuleNumber>) {
        found.extend_from_slice(&self.always);
        if self.by_pair.is_empty() {
            return;
        }
        for (at, pair) in pairs.iter().enumerate() {
            if pairs[..at].contains(pair) {
                continue;
            }
            let numbers = self.by_pair.get(pair.0).and_then(|by_value| by_value.get(pair.1));
            found.extend(numbers.into_iter().flatten());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_come_in_the_order_of_the_file() {
        let sources = ["/*", "/a/:x", "/a/b", "/:y/b", "/a/*", "/a/b*", "http://h.example/a/b", "https://:s.example/*"];
        let mut index = Index::default();
        for (number, source) in (0..).zip(sources) {
            index.insert(number, &Source::parse(source).expect("a source"), None);
        }
        assert_eq!(index.candidates("x", "a/b", &[]), [0, 1, 2, 3, 4, 5]);
        assert_eq!(index.candidates("h.example", "a/b", &[]), [0, 1, 2, 3, 4, 5, 6, 7]);
        assert_eq!(index.candidates("x", "", &[]), [0, 5], "a mixed pattern may be none");
        assert_eq!(index.candidates("x", "a", &[]), [0, 4, 5]);
    }

    #[test]
    fn query_values_are_looked_up() {
        let mut index = Index::default();
        let source = Source::parse("/store").expect("a source");
        let values: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        for (number, value) in (0..).zip(&values) {
            index.insert(number, &source, Some(("id", value)));
        }
        index.insert(100, &source, None);
        assert_eq!(index.candidates("x", "store", &[("id", "7"), ("id", "3"), ("id", "7")]), [3, 7, 100]);
        assert_eq!(index.candidates("x", "store", &[]), [100]);
    }
}
