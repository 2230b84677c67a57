//! A sign of life for runs that take their time. Only for people: on a terminal, and never in CI.

use std::{
    io::{IsTerminal, Write, stderr},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::Duration,
};

use crate::args::Output;

/// Runs that are done by then show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Shown until it is dropped.
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

pub(crate) fn start(output: &Output) -> Progress {
    let for_people = stderr().is_terminal() && std::env::var_os("CI").is_none();
    if output.quiet || !for_people {
        return Progress { running: None };
    }
    let (done, waits) = channel::<()>();
    let thread = std::thread::spawn(move || {
        let over = |patience| waits.recv_timeout(patience) != Err(RecvTimeoutError::Timeout);
        if over(PATIENCE) {
            return;
        }
        let mut elapsed = PATIENCE;
        // What a person does not get to see is no reason to fail.
        let show = |text: &str| drop(stderr().write_all(text.as_bytes()));
        while !over(TICK) {
            elapsed += TICK;
            show(&format!("\rchecking, {} s", elapsed.as_secs()));
        }
        show("\r                  \r");
    });
    Progress { running: Some((done, thread)) }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((done, thread)) = self.running.take() {
            drop(done);
            let _ = thread.join();
        }
    }
}
