//! A running server, ended when it goes out of scope.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use super::{
    atlas,
    http::{Answer, exchange},
};

/// A start on a loaded machine with two cores, in a development build.
const READY_WITHIN: Duration = Duration::from_secs(120);

/// The line that says that requests are answered.
const READY: &str = "luistert op http://";

/// The built binary, serving.
pub struct Server {
    child: Child,
    pub address: SocketAddr,
    log: Arc<Mutex<String>>,
    /// Whether it was asked to end, and did.
    is_ended: bool,
}

impl Server {
    /// Serves the fictional country, made once for all tests.
    pub fn demo() -> Self {
        Self::on(&atlas::demo())
    }

    /// Serves the real country; `None` where there is no data for it.
    pub fn country() -> Option<Self> {
        atlas::country().map(|atlas| Self::on(&atlas))
    }

    /// Serves an atlas.
    pub fn on(atlas: &Path) -> Self {
        Self::start(&["--data", atlas.to_str().expect("a path in UTF-8")])
    }

    /// Runs `serve` with these arguments on a free port and waits until it answers.
    pub fn start(arguments: &[&str]) -> Self {
        Self::start_logging(arguments, None)
    }

    /// The same, saying as much as `level` asks for.
    pub fn start_logging(arguments: &[&str], level: Option<&str>) -> Self {
        let level: Vec<_> = level.map(|level| ("WIJKZICHT_LOG", level)).into_iter().collect();
        Self::start_with(arguments, &level)
    }

    /// The same, with variables in its environment.
    pub fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Self {
        let built = || env!("CARGO_BIN_EXE_wijkzicht").into();
        let mut child = Command::new(env::var_os("WIJKZICHT_BINARY").unwrap_or_else(built))
            .arg("serve")
            .args(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .env_remove("WIJKZICHT_LOG")
            .env_remove("WIJKZICHT_CONFIG")
            .env("WIJKZICHT_NO_WARM_UP", "true")
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary starts");
        let log = Arc::new(Mutex::new(String::new()));
        let (said, ready) = mpsc::channel();
        follow(child.stdout.take().expect("piped"), &log, Some(said));
        follow(child.stderr.take().expect("piped"), &log, None);
        let heard = ready.recv_timeout(READY_WITHIN);
        if heard.is_err() {
            drop(child.kill());
            drop(child.wait());
        }
        let address = heard.ok().and_then(|text| text.parse().ok());
        assert!(address.is_some(), "no {READY:?} on standard output: {}", text_of(&log));
        Self { child, address: address.expect("checked above"), log, is_ended: false }
    }

    /// A GET of a path with its query.
    #[track_caller]
    pub fn get(&self, target: &str) -> Answer {
        self.ask("GET", target, &[])
    }

    /// Any method, with headers.
    #[track_caller]
    pub fn ask(&self, method: &str, target: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = format!(
            "{method} {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n",
            self.address
        );
        for (key, value) in headers {
            request.push_str(&format!("{key}: {value}\r\n"));
        }
        request.push_str("\r\n");
        self.send(&request)
    }

    /// Bytes as they are.
    #[track_caller]
    pub fn send(&self, request: &str) -> Answer {
        exchange(self.address, request.as_bytes())
    }

    /// A GET at the other listener, that shows what is not public.
    #[track_caller]
    pub fn ask_internal(&self, target: &str) -> Answer {
        let address = (0..200).find_map(|_| {
            thread::sleep(Duration::from_millis(25));
            let log = self.log();
            let line = log.lines().find_map(|line| line.split_once("intern op http://"))?.1;
            line.trim().parse::<SocketAddr>().ok()
        });
        let address = address.expect("the other listener");
        let request =
            format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        exchange(address, request.as_bytes())
    }

    /// The memory that it has, bytes; `None` where the system does not tell.
    pub fn resident(&self) -> Option<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id())).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
        Some(line.trim().trim_end_matches(" kB").parse::<u64>().ok()? * 1024)
    }

    /// How many files and connections it has open; `None` where the system does not tell.
    pub fn open_files(&self) -> Option<usize> {
        Some(fs::read_dir(format!("/proc/{}/fd", self.child.id())).ok()?.count())
    }

    /// Asks the server to end, as a service manager does.
    #[cfg(unix)]
    pub fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(told.is_ok_and(|status| status.success()), "kill -TERM {pid}");
    }

    /// How the server ended, which it was asked to.
    pub fn exit_code(mut self) -> Option<i32> {
        let ended = self.child.wait().expect("it ends");
        self.is_ended = true;
        ended.code()
    }

    /// What the server has said so far.
    pub fn log(&self) -> String {
        text_of(&self.log)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let exited = self.child.try_wait().ok().flatten();
        drop(self.child.kill());
        drop(self.child.wait());
        let log = self.log();
        if thread::panicking() {
            eprintln!("the server said:\n{log}");
            return;
        }
        assert!(
            self.is_ended || exited.is_none(),
            "the server ended by itself, {exited:?}:\n{log}"
        );
        assert!(!log.contains("panicked at"), "a panic in the server:\n{log}");
    }
}

/// Keeps every line in `log`, and tells the address of the one that says ready.
fn follow(
    stream: impl Read + Send + 'static,
    log: &Arc<Mutex<String>>,
    said: Option<mpsc::Sender<String>>,
) {
    let log = Arc::clone(log);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            if let (Some(said), Some((_, address))) = (&said, line.split_once(READY)) {
                let address = address.split([' ', '/']).next().unwrap_or_default();
                drop(said.send(address.to_owned()));
            }
            if let Ok(mut log) = log.lock() {
                log.push_str(&line);
                log.push('\n');
            }
        }
    });
}

fn text_of(log: &Mutex<String>) -> String {
    log.lock().map_or_else(|broken| broken.into_inner().clone(), |text| text.clone())
}
