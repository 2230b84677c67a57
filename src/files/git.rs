//! What git knows: a commit or the index as a set of files, and where two states part. The `git` program answers, so
//! that its index formats, filters and settings are its own affair; it is run only where the caller asks for history, or
//! where links miss something that it may know.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    io::{BufRead, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::{Arc, OnceLock},
};

use super::{Found, Unreadable, discover, read, root::repository_top};
use crate::source::CorpusPath;

/// Why git does not answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GitError {
    /// The program is not there.
    #[error("the `git` program was not found")]
    NoProgram,
    /// The root is in no repository.
    #[error("the root is in no git repository")]
    NoRepository,
    /// Nothing was committed yet, so that there is no revision.
    #[error("the repository has no commit yet")]
    NoCommit,
    /// A revision is not known, or shares no history with this one.
    #[error("git knows no revision `{0}`, or none that it has in common with the current one")]
    NoRevision(String),
    /// The same, and the clone lacks history.
    #[error("this clone is shallow and does not reach back to where `{0}` parted")]
    Shallow(String),
    /// Anything else, in git's words.
    #[error("git: {0}")]
    Other(String),
}

/// A file that has another path than before.
#[derive(Clone, Debug)]
pub struct Move {
    /// The path before.
    pub was: CorpusPath,
    /// The path now.
    pub is: CorpusPath,
    /// Whether it is the same to the last byte.
    pub is_same: bool,
}

/// A repository, seen from a folder in it.
#[derive(Clone, Debug)]
pub struct Git {
    root: PathBuf,
}

impl Git {
    /// The repository that holds a folder.
    pub fn at(root: &Path) -> Result<Self, GitError> {
        let git = Self { root: root.to_owned() };
        // Older versions of git take a folder of tracked files for a repository, if it looks like one, and its settings
        // for ours: they may name commands. So the repository has to be the one that we see.
        let seen = repository_top(root).ok_or(GitError::NoRepository)?.canonicalize();
        match git.line(&["rev-parse", "--show-toplevel"]) {
            Ok(top) if seen.is_ok_and(|seen| Path::new(&top).canonicalize().is_ok_and(|top| top == seen)) => Ok(git),
            Err(GitError::NoProgram) => Err(GitError::NoProgram),
            // A repository of another user is one that git refuses, which it should say itself.
            Err(GitError::Other(reason)) if reason.contains("dubious") => Err(GitError::Other(reason)),
            Ok(_) | Err(_) => Err(GitError::NoRepository),
        }
    }

    /// The commit at which the current one and a revision part.
    pub fn merge_base(&self, revision: &str) -> Result<String, GitError> {
        let commit = format!("{revision}^{{commit}}");
        let found = self.line(&["rev-parse", "--verify", "--quiet", "--end-of-options", &commit]);
        let base = found.and_then(|commit| self.line(&["merge-base", &commit, "HEAD"]));
        match base {
            Ok(base) if !base.is_empty() => Ok(base),
            Err(GitError::NoProgram) => Err(GitError::NoProgram),
            _ if self.line(&["rev-parse", "--is-shallow-repository"]).is_ok_and(|answer| answer == "true") => {
                Err(GitError::Shallow(revision.to_owned()))
            }
            _ if self.head().is_none() => Err(GitError::NoCommit),
            _ => Err(GitError::NoRevision(revision.to_owned())),
        }
    }

    /// The current commit; `None` before the first.
    pub fn head(&self) -> Option<String> {
        self.line(&["rev-parse", "--verify", "--quiet", "HEAD"]).ok()
    }

    /// The files of the index.
    pub fn index(&self) -> Result<Files, GitError> {
        let list = self.run(&["ls-files", "--stage", "-z"])?;
        Ok(self.files(&list, |head| {
            let mut words = head.split(' ');
            let (mode, id, stage) = (words.next()?, words.next()?, words.next()?);
            // Of a conflict, our side.
            matches!(stage, "0" | "2").then(|| (mode.to_owned(), id.to_owned()))
        }))
    }

    /// The files of a commit.
    pub fn commit(&self, id: &str) -> Result<Files, GitError> {
        let list = self.run(&["ls-tree", "-r", "-z", id])?;
        Ok(self.files(&list, |head| {
            let mut words = head.split(' ');
            let (mode, _, id) = (words.next()?, words.next()?, words.next()?);
            Some((mode.to_owned(), id.to_owned()))
        }))
    }

    /// The paths of the current commit; `None` before the first.
    pub(super) fn committed(&self) -> Option<HashSet<CorpusPath>> {
        let list = self.run(&["ls-tree", "-r", "-z", "--name-only", "HEAD"]).ok()?;
        let paths = list.split(|&byte| byte == 0).map(String::from_utf8_lossy);
        Some(paths.filter_map(|path| CorpusPath::new(&path)).filter(|path| !path.as_str().is_empty()).collect())
    }

    /// Files that moved since a commit.
    pub fn moves(&self, since: &str, staged: bool) -> Result<Vec<Move>, GitError> {
        // `git diff` would refresh the index, and take its lock to do so.
        let mut args = vec!["diff-index", "--name-status", "-z", "--find-renames", "--diff-filter=R", "--relative"];
        args.extend(["--no-ext-diff", "--no-textconv"]);
        args.extend(staged.then_some("--cached"));
        args.extend([since, "--"]);
        let list = self.run(&args)?;
        let mut words = list.split(|&byte| byte == 0).map(String::from_utf8_lossy);
        let mut out = Vec::new();
        while let (Some(status), Some(was), Some(is)) = (words.next(), words.next(), words.next()) {
            let paths = CorpusPath::new(&was).zip(CorpusPath::new(&is));
            out.extend(paths.map(|(was, is)| Move { was, is, is_same: status == "R100" }));
        }
        Ok(out)
    }

    /// Which of some paths the repository knows or once knew, files or folders.
    pub fn remembers(&self, paths: &[CorpusPath]) -> Result<HashSet<CorpusPath>, GitError> {
        let mut states = vec![self.index()?];
        states.extend(self.head().map(|head| self.commit(&head)).transpose()?);
        let mut out = HashSet::new();
        for path in paths {
            // Older history is asked for one path at a time, and seldom at all.
            let was = || self.line(&["rev-list", "--max-count=1", "HEAD", "--", path.as_str()]);
            if states.iter().any(|files| files.has(path)) || was().is_ok_and(|commit| !commit.is_empty()) {
                out.insert(path.clone());
            }
        }
        Ok(out)
    }

    fn files(&self, list: &[u8], read: impl Fn(&str) -> Option<(String, String)>) -> Files {
        let mut files = Files { git: self.clone(), ..Files::empty(&self.root) };
        for entry in list.split(|&byte| byte == 0) {
            let entry = String::from_utf8_lossy(entry);
            let Some((head, path)) = entry.split_once('\t') else { continue };
            let (Some((mode, id)), Some(path)) = (read(head), CorpusPath::new(path)) else { continue };
            let mut folder = path.parent();
            while !folder.as_str().is_empty() && files.folders.insert(folder.clone()) {
                folder = folder.parent();
            }
            files.entries.insert(path, Entry { mode, id });
        }
        files
    }

    fn line(&self, args: &[&str]) -> Result<String, GitError> {
        Ok(String::from_utf8_lossy(&self.run(args)?).trim().to_owned())
    }

    fn run(&self, args: &[&str]) -> Result<Vec<u8>, GitError> {
        let output = self.command(args).output().map_err(|error| not_started(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        Err(GitError::Other(said.lines().next().unwrap_or("it failed without a word").to_owned()))
    }

    /// A command that takes no locks, starts no watcher and fetches nothing.
    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.args(["-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit", "--literal-pathspecs"]);
        command.args(args).current_dir(&self.root);
        command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_NO_LAZY_FETCH", "1").env("GIT_TERMINAL_PROMPT", "0");
        command.env("LC_ALL", "C").stdin(Stdio::null());
        // A hook is told where its repository is as seen from where it was started, which is not where this runs; git
        // finds it by itself. The index a hook is told of stays the one.
        command.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
        command
    }
}

fn not_started(error: &std::io::Error) -> GitError {
    if error.kind() == std::io::ErrorKind::NotFound {
        GitError::NoProgram
    } else {
        GitError::Other(read::io_reason(error))
    }
}

/// Files as git has them.
#[derive(Debug)]
pub struct Files {
    git: Git,
    entries: BTreeMap<CorpusPath, Entry>,
    folders: HashSet<CorpusPath>,
    /// What stands on disk but is left out there; it is left out here, too.
    left_out: OnceLock<HashSet<CorpusPath>>,
    /// Documents, read all at once when the first is asked for; a size instead of what was too large for whom that was.
    texts: OnceLock<Contents>,
}

type Contents = HashMap<CorpusPath, Result<Vec<u8>, u64>>;

/// The target of a symbolic link has at most this many bytes.
const MAX_TARGET: u64 = 4096;

/// So many symbolic links may lead from one to the next.
const MAX_LINKS: usize = 8;

/// What a symbolic link stands for; `None` outside the root.
fn alias(link: &CorpusPath, target: &[u8]) -> Option<CorpusPath> {
    let target = String::from_utf8_lossy(target).replace('\\', "/");
    link.beside(&target).filter(|_| !target.starts_with('/'))
}

#[derive(Debug)]
struct Entry {
    /// As git writes it: `120000` is a symbolic link, `160000` another repository.
    mode: String,
    /// The name of the content.
    id: String,
}

impl Entry {
    fn is_link(&self) -> bool {
        self.mode == "120000"
    }
}

impl Files {
    /// No files at all: the state before the first commit.
    pub fn empty(root: &Path) -> Self {
        Self {
            git: Git { root: root.to_owned() },
            entries: BTreeMap::new(),
            folders: HashSet::new(),
            left_out: OnceLock::new(),
            texts: OnceLock::new(),
        }
    }

    pub(super) fn has(&self, path: &CorpusPath) -> bool {
        self.entries.contains_key(path) || self.folders.contains(path)
    }

    /// The files that are no symbolic links and no submodules.
    pub(super) fn regular(&self) -> impl Iterator<Item = &CorpusPath> {
        let is_file = |entry: &Entry| !matches!(&*entry.mode, "120000" | "160000");
        self.entries.iter().filter(move |(_, entry)| is_file(entry)).map(|(path, _)| path)
    }

    pub(super) fn find(&self) -> std::io::Result<Found> {
        // Ignore files that are not git's leave tracked files out as well; what is not on disk nobody ignores.
        let on_disk = discover::walk(&self.git.root)?;
        let known: HashSet<&CorpusPath> = on_disk.listing.files.iter().collect();
        let is_left_out =
            |path: &&CorpusPath| !known.contains(path) && self.git.root.join(path.as_str()).symlink_metadata().is_ok();
        let left_out: HashSet<CorpusPath> = self.entries.keys().filter(is_left_out).cloned().collect();
        let mut found = Found::default();
        let targets = self.contents(self.entries.iter().filter(|(_, entry)| entry.is_link()), MAX_TARGET)?;
        for (path, entry) in self.entries.iter().filter(|(path, _)| !left_out.contains(*path)) {
            match &*entry.mode {
                "160000" => found.listing.foreign.push(path.clone()),
                "120000" => {
                    match targets.get(path).and_then(|target| alias(path, target.as_deref().ok()?)) {
                        Some(real) => found.listing.aliases.push((path.clone(), real)),
                        None => found.listing.foreign.push(path.clone()),
                    }
                    found.listing.files.push(path.clone());
                }
                _ => {
                    found.regular.push(path.clone());
                    found.listing.files.push(path.clone());
                }
            }
        }
        found.listing.folders.extend(self.folders.iter().cloned());
        let _ = self.left_out.set(left_out);
        Ok(found)
    }

    pub(super) fn read(&self, path: &CorpusPath, limit: u64) -> Result<Arc<str>, Unreadable> {
        let mut path = path.clone();
        for _ in 0..=MAX_LINKS {
            let entry = self.entries.get(&path).ok_or_else(|| Unreadable::Io("no such file".into()))?;
            if !entry.is_link() {
                return self.text(&path, entry, limit);
            }
            let target = self.one(&path, entry, MAX_TARGET)?;
            path = alias(&path, &target).ok_or_else(|| Unreadable::Io("leads outside the root".into()))?;
        }
        Err(Unreadable::Io("too many symbolic links".into()))
    }

    fn text(&self, path: &CorpusPath, entry: &Entry, limit: u64) -> Result<Arc<str>, Unreadable> {
        let is_document = |(path, entry): &(&CorpusPath, &Entry)| path.is_markdown() && !entry.is_link();
        let documents = || self.contents(self.entries.iter().filter(is_document), limit).unwrap_or_default();
        let known = path.is_markdown().then(|| self.texts.get_or_init(documents).get(path)).flatten();
        match known {
            Some(Ok(bytes)) => read::decode(bytes, limit),
            Some(Err(bytes)) if *bytes > limit => Err(Unreadable::TooLarge { bytes: *bytes, limit }),
            _ => read::decode(&self.one(path, entry, limit)?, limit),
        }
    }

    /// Which of some paths exist here but are left out by ignore files.
    pub(super) fn existing(&self, paths: HashSet<CorpusPath>) -> HashSet<CorpusPath> {
        let left_out = self.left_out.get();
        paths.into_iter().filter(|path| left_out.is_some_and(|left_out| left_out.contains(path))).collect()
    }

    /// The content of one file.
    fn one(&self, path: &CorpusPath, entry: &Entry, limit: u64) -> Result<Vec<u8>, Unreadable> {
        let contents = self.contents([(path, entry)], limit);
        match contents.map_err(|error| Unreadable::Io(read::io_reason(&error)))?.remove(path) {
            Some(Ok(bytes)) => Ok(bytes),
            Some(Err(bytes)) => Err(Unreadable::TooLarge { bytes, limit }),
            None => Err(Unreadable::Io("git does not hand it out".into())),
        }
    }

    /// The contents of some files through one process.
    fn contents<'a>(
        &self,
        wanted: impl IntoIterator<Item = (&'a CorpusPath, &'a Entry)>,
        limit: u64,
    ) -> std::io::Result<Contents> {
        let wanted: Vec<(&CorpusPath, &str)> = wanted.into_iter().map(|(path, entry)| (path, &*entry.id)).collect();
        if wanted.is_empty() {
            return Ok(HashMap::new());
        }
        let mut command = self.git.command(&["cat-file", "--batch"]);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let ids: String = wanted.iter().flat_map(|(_, id)| [id, "\n"]).collect();
        // Written beside reading: either pipe may fill up.
        let writer = std::thread::spawn(move || stdin.map(|mut stdin| stdin.write_all(ids.as_bytes())));
        let mut out = HashMap::new();
        let mut answers = BufReader::new(stdout.ok_or(std::io::ErrorKind::BrokenPipe)?);
        for (path, _) in wanted {
            let mut head = String::new();
            answers.read_line(&mut head)?;
            // `<id> blob <size>`, or `<id> missing`.
            let Some(size) = head.trim().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok()) else { continue };
            let mut body = (&mut answers).take(size + 1);
            if size > limit {
                std::io::copy(&mut body, &mut std::io::sink())?;
                out.insert(path.clone(), Err(size));
                continue;
            }
            let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
            body.read_to_end(&mut bytes)?;
            bytes.pop();
            out.insert(path.clone(), Ok(bytes));
        }
        drop(answers);
        let _ = writer.join();
        child.wait()?;
        Ok(out)
    }
}
