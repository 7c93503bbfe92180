//! A proxy between client and server that sees every request and does to it what a test asks for.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use zerodeploy::content::blob::BlobId;

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is passed on, and so is its answer.
    Forward,
    /// The connection is cut after so many bytes of its body.
    CutAfter(u64),
    /// Nothing moves any more after so many bytes of its body.
    StallAfter(u64),
    /// It is passed on, but its answer is lost and the connection cut.
    LoseAnswer,
}

/// A request as the proxy saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) method: String,
    pub(crate) path: String,
    /// Bytes of its body that were passed on.
    pub(crate) bytes: u64,
    /// What of its body was passed on, as a hash.
    pub(crate) content: BlobId,
    /// The status of the answer that the client got.
    pub(crate) status: Option<u16>,
}

impl Seen {
    /// Whether it is an upload of contents.
    pub(crate) fn is_upload(&self) -> bool {
        is_upload(&self.path)
    }
}

/// Whether a path takes contents.
pub(crate) fn is_upload(path: &str) -> bool {
    path.ends_with("/blobs")
}

/// Decides about a request by its method and path, before anything of it is passed on; may take its time.
type Rule = dyn Fn(&str, &str) -> Fate + Send + Sync;

/// A running proxy. Its threads end with their connections.
pub(crate) struct Proxy {
    address: String,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Proxy {
    /// Starts a proxy in front of a server, `127.0.0.1:8787` or the like.
    pub(crate) fn start(server: &str, rule: impl Fn(&str, &str) -> Fate + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let (server, rule): (String, Arc<Rule>) = (server.to_owned(), Arc::new(rule));
        let log = Arc::clone(&seen);
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                let (server, rule, log) = (server.clone(), Arc::clone(&rule), Arc::clone(&log));
                std::thread::spawn(move || {
                    // An error is the end of one of the two connections: both are closed then.
                    if let Ok(upstream) = TcpStream::connect(&server) {
                        let _ = relay(&client, &upstream, &*rule, &log);
                        let _ = upstream.shutdown(Shutdown::Both);
                    }
                    let _ = client.shutdown(Shutdown::Both);
                });
            }
        });
        Proxy { address, seen }
    }

    /// The address to give to a client.
    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Every request so far, in the order of their ends; also those that were cut off.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().expect("not poisoned").clone()
    }

    /// The uploads among them.
    pub(crate) fn uploads(&self) -> Vec<Seen> {
        self.seen().into_iter().filter(Seen::is_upload).collect()
    }
}

/// Serves one connection, request after request.
fn relay(client: &TcpStream, server: &TcpStream, rule: &Rule, log: &Mutex<Vec<Seen>>) -> io::Result<()> {
    let (mut from_client, mut from_server) = (BufReader::new(client), BufReader::new(server));
    loop {
        let Some(head) = read_head(&mut from_client)? else { return Ok(()) };
        let mut words = head.lines().next().unwrap_or_default().split(' ');
        let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        let fate = rule(method, path);
        let length = content_length(&head);
        let limit = match fate {
            Fate::CutAfter(limit) | Fate::StallAfter(limit) => limit.min(length),
            Fate::Forward | Fate::LoseAnswer => length,
        };
        let mut passed = Passed { to: server, hasher: blake3::Hasher::new(), bytes: 0 };
        passed.to.write_all(head.as_bytes())?;
        let copied = io::copy(&mut (&mut from_client).take(limit), &mut passed);
        let mut seen = Seen {
            method: method.to_owned(),
            path: path.to_owned(),
            bytes: passed.bytes,
            content: BlobId::from(passed.hasher.finalize()),
            status: None,
        };
        let note = |seen: Seen| log.lock().expect("not poisoned").push(seen);
        match fate {
            _ if copied.is_err() || seen.bytes < limit => {
                note(seen);
                return copied.map(|_| ());
            }
            Fate::CutAfter(_) => {
                note(seen);
                return Ok(());
            }
            Fate::StallAfter(_) => {
                note(seen);
                // What the client still sends stays where it is, so that its buffers fill.
                loop {
                    std::thread::park();
                }
            }
            Fate::Forward | Fate::LoseAnswer => {}
        }
        let Some(answer) = read_head(&mut from_server)? else {
            note(seen);
            return Ok(());
        };
        let mut body = vec![0; content_length(&answer) as usize];
        from_server.read_exact(&mut body)?;
        if fate == Fate::LoseAnswer {
            note(seen);
            return Ok(());
        }
        seen.status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        note(seen);
        let mut to_client = client;
        to_client.write_all(&[answer.as_bytes(), &body].concat())?;
    }
}

/// Writes and takes note of what was written.
struct Passed<'a> {
    to: &'a TcpStream,
    hasher: blake3::Hasher,
    bytes: u64,
}

impl Write for Passed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = self.to.write(bytes)?;
        self.hasher.update(&bytes[..length]);
        self.bytes += length as u64;
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Head of a message with its empty line; `None` at the end of the connection.
fn read_head(from: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if from.read_line(&mut head)? == 0 {
            return Ok(None);
        }
    }
    Ok(Some(head))
}

/// Both sides send this header with every body.
fn content_length(head: &str) -> u64 {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    let mut length =
        lines.filter(|(name, _)| name.eq_ignore_ascii_case("content-length")).map(|(_, value)| value.trim());
    length.next_back().and_then(|length| length.parse().ok()).unwrap_or(0)
}
