use std::{
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use axum::http::{HeaderMap, Method, StatusCode, Uri, header};
use tokio::sync::Semaphore;

use super::*;

/// A request for that address which takes those encodings.
fn asked(target: &str, accept: &str) -> Asked {
    let mut headers = HeaderMap::new();
    headers.insert(header::ACCEPT_ENCODING, accept.parse().expect("a header"));
    Asked::new(&Method::GET, &target.parse::<Uri>().expect("an address"), &headers)
}

fn key(name: &str) -> Key {
    Key::new("test").and(name)
}

async fn body(response: Response) -> Vec<u8> {
    axum::body::to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec()
}

/// Asks, and counts in `made` how often the answer had to be made.
async fn ask(
    answers: &Arc<Answers>,
    atlas: AtlasId,
    asked: &Asked,
    key: &Key,
    made: &Arc<AtomicUsize>,
    text: &str,
) -> Result<Response, Problem> {
    let (made, text) = (made.clone(), text.to_owned());
    let make = move || {
        made.fetch_add(1, Ordering::SeqCst);
        Ok(Answer::new("text/plain", text))
    };
    answers.answer(atlas, asked, key, make).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn equal_questions_at_once_are_worked_on_once() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let begun = Arc::new(Semaphore::new(0));
    let requests: Vec<_> = (0..200)
        .map(|number| {
            let (answers, made, begun) = (answers.clone(), made.clone(), begun.clone());
            tokio::spawn(async move {
                let asked = asked(&format!("/a?{number}"), "gzip");
                begun.add_permits(1);
                let make = move || {
                    made.fetch_add(1, Ordering::SeqCst);
                    // Long enough that all others ask meanwhile.
                    thread::sleep(Duration::from_millis(100));
                    Ok(Answer::new("text/plain", "a".repeat(5000)))
                };
                let response = answers.answer(atlas, &asked, &key("a"), make).await.expect("made");
                assert_eq!(response.headers()[header::CONTENT_ENCODING], "gzip");
            })
        })
        .collect();
    let _all = begun.acquire_many(200).await.expect("open");
    for request in requests {
        request.await.expect("no panic");
    }
    assert_eq!(made.load(Ordering::SeqCst), 1);
    assert!(answers.under_way().is_empty());
}

#[tokio::test]
async fn a_known_spelling_is_answered_at_once_and_all_spellings_alike() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let (one, other) = (asked("/a?x=1&y=2", "identity"), asked("/a?y=2", "identity"));
    assert!(answers.at_once(atlas, &one).is_none());
    ask(&answers, atlas, &one, &key("a"), &made, "text").await.expect("made");
    assert!(answers.at_once(atlas, &one).is_some());
    assert!(answers.at_once(atlas, &other).is_none(), "nobody has said what it means");
    ask(&answers, atlas, &other, &key("a"), &made, "text").await.expect("kept");
    assert_eq!(made.load(Ordering::SeqCst), 1);
    let response = answers.at_once(atlas, &other).expect("kept");
    assert_eq!(body(response).await, b"text");
    // No other method is an old acquaintance.
    let target = "/a?y=2".parse().expect("an address");
    assert!(
        answers.at_once(atlas, &Asked::new(&Method::POST, &target, &HeaderMap::new())).is_none()
    );
}

#[tokio::test]
async fn a_new_atlas_never_says_what_the_old_one_said() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (old, new) = (AtlasId::next(), AtlasId::next());
    let (asked, made) = (asked("/a", "gzip"), Arc::new(AtomicUsize::new(0)));
    ask(&answers, old, &asked, &key("a"), &made, "old").await.expect("made");
    assert!(answers.at_once(new, &asked).is_none());
    let response = ask(&answers, new, &asked, &key("a"), &made, "new").await.expect("made");
    assert_eq!(body(response).await, b"new");
    assert_eq!(body(answers.at_once(new, &asked).expect("kept")).await, b"new");
    assert_eq!(made.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn an_error_is_told_and_forgotten() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, asked, key) = (AtlasId::next(), asked("/a", "gzip"), key("a"));
    for _ in 0..2 {
        let failed = answers.answer(atlas, &asked, &key, || Err(Problem::not_found("geen")));
        let failed = failed.await;
        assert_eq!(failed.expect_err("a problem").status, 404);
        assert!(answers.at_once(atlas, &asked).is_none());
    }
    let panics = || Ok(Vec::new().pop().expect("no answer"));
    let panicked = answers.answer(atlas, &asked, &key, panics).await;
    assert_eq!(panicked.expect_err("a problem").status, 500);
    assert!(answers.under_way().is_empty());
    let made = Arc::new(AtomicUsize::new(0));
    let response = ask(&answers, atlas, &asked, &key, &made, "text").await.expect("made");
    assert_eq!(response.status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_kept_stays_within_its_weight() {
    const ROOM: u64 = 400_000;
    let answers = Arc::new(Answers::new(ROOM));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let text = |number: usize| format!("{number} ").repeat(5000);
    for round in 0..3 {
        for number in 0..100 {
            let (key, text) = (key(&number.to_string()), text(number));
            for accept in ["identity", "gzip", "br"] {
                let asked = asked(&format!("/{number}?{round}"), accept);
                let response = ask(&answers, atlas, &asked, &key, &made, &text).await;
                let response = response.expect("an answer");
                if accept == "identity" {
                    assert_eq!(body(response).await, text.as_bytes());
                }
                assert!(answers.kept.weight() + answers.spelled.weight() <= ROOM);
            }
        }
    }
    assert!(answers.kept.weight() > ROOM / 2, "room that is not used");
    // What was forgotten is made anew; what is larger than all the room is answered all the same.
    assert!(made.load(Ordering::SeqCst) > 100);
    let large = "large".repeat(100_000);
    let asked = asked("/large", "identity");
    let response = ask(&answers, atlas, &asked, &key("large"), &made, &large).await;
    assert_eq!(body(response.expect("an answer")).await.len(), large.len());
}

#[tokio::test]
async fn every_encoding_is_weighed() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let mut weights = Vec::new();
    for accept in ["identity", "gzip", "br", "gzip"] {
        let text = "0123456789".repeat(500);
        ask(&answers, atlas, &asked("/a", accept), &key("a"), &made, &text).await.expect("made");
        weights.push(answers.kept.weight());
    }
    assert!(weights[0] < weights[1] && weights[1] < weights[2], "{weights:?}");
    assert_eq!(weights[2], weights[3]);
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn nothing_is_made_for_those_who_left() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let all = u32::try_from(answers.turns.available_permits()).expect("a few");
    let busy = answers.turns.clone().acquire_many_owned(all).await.expect("open");
    let gone = asked("/gone", "identity");
    {
        let key = key("gone");
        let request = ask(&answers, atlas, &gone, &key, &made, "text");
        assert!(tokio::time::timeout(Duration::from_millis(10), request).await.is_err());
    }
    // The rest of the work notices.
    while !answers.under_way().is_empty() {
        task::yield_now().await;
    }
    drop(busy);
    assert_eq!(made.load(Ordering::SeqCst), 0);
    ask(&answers, atlas, &gone, &key("gone"), &made, "text").await.expect("made");
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn what_is_ready_does_not_wait_for_what_is_made() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let ready = asked("/ready", "identity");
    ask(&answers, atlas, &ready, &key("ready"), &made, "text").await.expect("made");
    let all = u32::try_from(answers.turns.available_permits()).expect("a few");
    let _busy = answers.turns.clone().acquire_many_owned(all).await.expect("open");
    let waiting = asked("/waiting", "identity");
    let waiting_key = key("waiting");
    let request = ask(&answers, atlas, &waiting, &waiting_key, &made, "text");
    assert!(tokio::time::timeout(Duration::from_millis(10), request).await.is_err());
    assert!(answers.at_once(atlas, &ready).is_some());
}

#[tokio::test]
async fn a_tag_of_any_encoding_that_is_taken_is_known() {
    let answers = Arc::new(Answers::new(1_000_000));
    let (atlas, made) = (AtlasId::next(), Arc::new(AtomicUsize::new(0)));
    let text = "text ".repeat(1000);
    let response = ask(&answers, atlas, &asked("/a", "gzip"), &key("a"), &made, &text).await;
    let tag = response.expect("made").headers()[header::ETAG].clone();
    for (accept, status) in [
        ("gzip", StatusCode::NOT_MODIFIED),
        ("br, gzip", StatusCode::NOT_MODIFIED),
        ("br", StatusCode::OK),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, accept.parse().expect("a header"));
        headers.insert(header::IF_NONE_MATCH, tag.clone());
        let asked = Asked::new(&Method::GET, &"/a".parse().expect("an address"), &headers);
        let response = ask(&answers, atlas, &asked, &key("a"), &made, &text).await.expect("kept");
        assert_eq!(response.status(), status, "{accept}");
        assert_eq!(response.headers()[header::ETAG] == tag, status == StatusCode::NOT_MODIFIED);
    }
}
