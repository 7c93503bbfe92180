//! A server, or a proxy, that is none of ours.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, channel};

/// Answers everything the same way, and hands over the head of each request.
pub(crate) struct FakeServer {
    /// Its address.
    pub(crate) url: String,
    heads: Receiver<String>,
}

impl FakeServer {
    /// Starts one on a free port.
    pub(crate) fn answering(answer: &'static str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let (sender, heads) = channel();
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if sender.send(serve_once(&stream, answer)).is_err() {
                    return;
                }
            }
        });
        FakeServer { url, heads }
    }

    /// The heads of the requests since the last look.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.heads.try_iter().collect()
    }
}

fn serve_once(mut stream: &TcpStream, answer: &str) -> String {
    let lines = BufReader::new(stream).lines().map_while(Result::ok);
    let head = lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
    // The peer may be gone already, which is its right.
    let _ = stream.write_all(answer.as_bytes());
    head
}
