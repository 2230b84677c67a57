//! A sign of life for runs that take their time. Only for people: on a terminal, and never in CI.

use std::{
    io::IsTerminal,
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::JoinHandle,
    time::Duration,
};

use indicatif::{ProgressBar, ProgressStyle};

use crate::args::Output;

/// Runs that are done by then show nothing.
const PATIENCE: Duration = Duration::from_secs(1);
const TICK: Duration = Duration::from_millis(100);

/// Shown until it is dropped.
pub(crate) struct Progress {
    running: Option<(Sender<()>, JoinHandle<()>)>,
}

pub(crate) fn start(output: &Output) -> Progress {
    let for_people = std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    if output.quiet || !for_people {
        return Progress { running: None };
    }
    let (done, waits) = channel::<()>();
    let thread = std::thread::spawn(move || {
        let over = |patience| waits.recv_timeout(patience) != Err(RecvTimeoutError::Timeout);
        if over(PATIENCE) {
            return;
        }
        let bar = ProgressBar::new_spinner().with_message("checking").with_elapsed(PATIENCE);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        while !over(TICK) {
            bar.tick();
        }
        bar.finish_and_clear();
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
