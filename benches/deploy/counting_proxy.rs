//! Counts the requests between a client and the server, without believing either.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::measure::Reason;

/// How every request line ends.
const END_OF_LINE: &[u8] = b" HTTP/1.1\r\n";

/// A proxy that passes bytes on as they are.
pub(crate) struct CountingProxy {
    /// Where clients connect to.
    pub(crate) url: String,
    requests: Arc<AtomicUsize>,
}

impl CountingProxy {
    pub(crate) fn start(server_address: &str) -> Result<Self, Reason> {
        let listener = TcpListener::bind("127.0.0.1:0").map_err(|error| error.to_string())?;
        let url = format!("http://{}", listener.local_addr().map_err(|error| error.to_string())?);
        let requests = Arc::new(AtomicUsize::new(0));
        let (server_address, counter) = (server_address.to_owned(), Arc::clone(&requests));
        std::thread::spawn(move || {
            for client in listener.incoming().map_while(Result::ok) {
                // A connection that breaks shows in the client's exit code.
                let _ = connect(client, &server_address, &counter);
            }
        });
        Ok(CountingProxy { url, requests })
    }

    /// Requests so far.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

fn connect(client: TcpStream, server_address: &str, counter: &Arc<AtomicUsize>) -> std::io::Result<()> {
    let server = TcpStream::connect(server_address)?;
    let (client_reads, server_writes) = (client.try_clone()?, server.try_clone()?);
    let counter = Arc::clone(counter);
    std::thread::spawn(move || pass_on(client_reads, server_writes, Some(&counter)));
    std::thread::spawn(move || pass_on(server, client, None));
    Ok(())
}

fn pass_on(mut from: TcpStream, mut to: TcpStream, counter: Option<&AtomicUsize>) {
    let mut buffer = vec![0; 64 * 1024];
    // The last bytes of the piece before, so that an end of line across two pieces is seen.
    let mut tail = Vec::new();
    while let Ok(length) = from.read(&mut buffer) {
        if length == 0 || to.write_all(&buffer[..length]).is_err() {
            break;
        }
        if let Some(counter) = counter {
            tail.extend_from_slice(&buffer[..length]);
            let found = tail.windows(END_OF_LINE.len()).filter(|window| *window == END_OF_LINE).count();
            counter.fetch_add(found, Ordering::SeqCst);
            tail.drain(..tail.len().saturating_sub(END_OF_LINE.len() - 1));
        }
    }
    // Fails only when the other side is gone already.
    let _ = to.shutdown(Shutdown::Write);
}
