//! Bytes on their way to the disk while more of them are made.
//!
//! A file gets its final name when all of it is on the disk. Left to the end, that wait is as long as the disk takes for the whole file, with
//! nothing else to do; begun early, it goes on beside the work and what is left at the end is little.

use std::fs::File;
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Bytes between two requests.
const EVERY: u64 = 16 << 20;

/// Asks the system now and then to bring a file to the disk, on a thread of its own, which waits for most of its time.
#[derive(Default)]
pub(super) struct Early {
    /// Bytes since the last request.
    waiting: u64,
    thread: Option<Thread>,
}

struct Thread {
    /// Has room for one request: what comes while the disk is busy is part of the next.
    requests: SyncSender<()>,
    handle: JoinHandle<io::Result<()>>,
}

impl Early {
    /// So many bytes more were written. A system that gives no second handle or no thread leaves all of it to the end.
    pub(super) fn written(&mut self, bytes: usize, file: &File) {
        self.waiting += bytes as u64;
        if self.waiting < EVERY {
            return;
        }
        self.waiting = 0;
        if self.thread.is_none() {
            self.thread = file.try_clone().and_then(Thread::start).ok();
        }
        if let Some(thread) = &self.thread {
            let _ = thread.requests.try_send(());
        }
    }

    /// Waits for what was asked for. A failure is told here: the system tells it once, and not again when the file is closed.
    pub(super) fn finish(&mut self) -> io::Result<()> {
        let Some(Thread { requests, handle }) = self.thread.take() else { return Ok(()) };
        drop(requests);
        handle.join().unwrap_or_else(|_| Err(io::Error::other("the thread that brings the file to the disk has failed")))
    }
}

impl Thread {
    fn start(file: File) -> io::Result<Thread> {
        let (requests, asked) = sync_channel(1);
        let handle = std::thread::Builder::new().name("to the disk".into()).spawn(move || sync(&file, &asked))?;
        Ok(Thread { requests, handle })
    }
}

fn sync(file: &File, asked: &Receiver<()>) -> io::Result<()> {
    asked.iter().try_for_each(|()| file.sync_data())
}

impl Drop for Early {
    /// The handle is closed before the file is removed, which some systems ask for.
    fn drop(&mut self) {
        let _ = self.finish();
    }
}
