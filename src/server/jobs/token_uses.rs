//! Last use of tokens: merged in memory and written every few seconds, never a write for a request.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::net::IpAddr;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt as _;
use tokio::sync::Notify;
use uuid::Uuid;

use crate::domain::permission::Permission;
use crate::domain::user_agent::ci_of;
use crate::server::caller::Origin;
use crate::server::db::token_uses::Address;
use crate::server::db::{self, Db};
use crate::server::error::ServiceError;
use crate::server::state::State;

/// How often uses are written.
const EVERY: Duration = Duration::from_secs(5);
/// Addresses that are kept of a token.
const ADDRESSES: i64 = 20;
/// Most things that are held in memory, at some hundred bytes each. Only while nothing can be written are there that
/// many; then what is known already is still brought up to date, and nothing new is taken in.
const MOST_ENTRIES: usize = 50_000;
/// So many are written without waiting for the time.
const MANY_ENTRIES: usize = MOST_ENTRIES / 5;
/// Tokens whose uses one transaction writes: as long as it takes, deploys wait.
const TOKENS_IN_TRANSACTION: usize = 200;

/// Writes uses every few seconds, and sooner when there are many.
pub(crate) async fn run(state: Arc<State>) {
    loop {
        tokio::select! {
            () = tokio::time::sleep(EVERY) => {}
            () = state.token_uses.many.notified() => {}
        }
        match AssertUnwindSafe(state.token_uses.flush(&state.db)).catch_unwind().await {
            Ok(Ok(())) => continue,
            Ok(Err(error)) => tracing::error!(?error, "uses of tokens could not be written; it is tried again"),
            Err(_) => tracing::error!("writing uses of tokens panicked; it is tried again"),
        }
        // However many there are: what just failed is not tried again at once.
        tokio::time::sleep(EVERY).await;
    }
}

/// Uses that are not yet written.
#[derive(Default)]
pub(crate) struct TokenUses {
    uses: Mutex<Uses>,
    many: Notify,
}

#[derive(Default)]
struct Uses {
    tokens: HashMap<Uuid, Use>,
    /// Permissions and addresses in all tokens together, and the tokens.
    entries: usize,
}

/// What one token was used for.
#[derive(Debug, Clone, Default)]
struct Use {
    at: i64,
    permissions: HashMap<Permission, i64>,
    addresses: HashMap<IpAddr, Seen>,
}

/// What was seen at an address.
#[derive(Debug, Clone)]
struct Seen {
    first: i64,
    last: i64,
    user_agent: Option<String>,
    ci: Option<(String, i64)>,
}

impl TokenUses {
    /// Notes that a token was used, from where, and by which of its permissions when the route asks for one.
    pub(crate) fn note(&self, token: Uuid, permission: Option<Permission>, origin: &Origin, at: i64) {
        let mut uses = self.lock();
        let is_full = uses.entries >= MOST_ENTRIES;
        let Uses { tokens, entries } = &mut *uses;
        let used = match tokens.entry(token) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(_) if is_full => return,
            Entry::Vacant(new) => {
                *entries += 1;
                new.insert(Use::default())
            }
        };
        used.at = used.at.max(at);
        if let Some(permission) = permission {
            // A token has eleven of them at most.
            let last = used.permissions.entry(permission).or_insert_with(|| {
                *entries += 1;
                at
            });
            *last = at.max(*last);
        }
        if let Some(address) = origin.address {
            match used.addresses.entry(address.to_canonical()) {
                Entry::Occupied(mut known) => known.get_mut().see(origin.user_agent.as_deref(), at),
                Entry::Vacant(_) if is_full => {}
                Entry::Vacant(new) => {
                    *entries += 1;
                    new.insert(Seen { first: at, last: i64::MIN, user_agent: None, ci: None })
                        .see(origin.user_agent.as_deref(), at);
                }
            }
        }
        if *entries >= MANY_ENTRIES {
            self.many.notify_one();
        }
    }

    /// Writes what was noted. What could not be written, or was not because the caller was cancelled, is kept for the
    /// next time.
    pub(crate) async fn flush(&self, db: &Db) -> Result<(), ServiceError> {
        let taken = std::mem::take(&mut *self.lock());
        let mut unwritten = Unwritten { uses: self, tokens: taken.tokens.into_iter().collect() };
        while !unwritten.tokens.is_empty() {
            let rest = unwritten.tokens.len().saturating_sub(TOKENS_IN_TRANSACTION);
            let mut write = db.write().await?;
            for (token, used) in &unwritten.tokens[rest..] {
                used.write(&mut write, *token).await?;
            }
            write.commit().await?;
            unwritten.tokens.truncate(rest);
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, Uses> {
        self.uses.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was taken out of memory to be written; what is left of it goes back.
struct Unwritten<'a> {
    uses: &'a TokenUses,
    tokens: Vec<(Uuid, Use)>,
}

impl Drop for Unwritten<'_> {
    fn drop(&mut self) {
        if self.tokens.is_empty() {
            return;
        }
        let mut uses = self.uses.lock();
        for (token, used) in self.tokens.drain(..) {
            uses.give_back(token, used);
        }
    }
}

impl Uses {
    fn give_back(&mut self, token: Uuid, older: Use) {
        let used = self.tokens.entry(token).or_insert_with(|| {
            self.entries += 1;
            Use::default()
        });
        used.at = used.at.max(older.at);
        for (permission, at) in older.permissions {
            let last = used.permissions.entry(permission).or_insert_with(|| {
                self.entries += 1;
                at
            });
            *last = at.max(*last);
        }
        for (address, older) in older.addresses {
            match used.addresses.entry(address) {
                Entry::Occupied(mut known) => known.get_mut().merge_older(older),
                Entry::Vacant(new) => {
                    self.entries += 1;
                    new.insert(older);
                }
            }
        }
    }
}

impl Seen {
    fn see(&mut self, user_agent: Option<&str>, at: i64) {
        self.first = self.first.min(at);
        if at < self.last {
            return;
        }
        self.last = at;
        if self.user_agent.as_deref() != user_agent {
            self.user_agent = user_agent.map(str::to_owned);
        }
        if let Some(service) = user_agent.and_then(ci_of) {
            match &mut self.ci {
                Some((known, last)) if known == service => *last = at,
                ci => *ci = Some((service.to_owned(), at)),
            }
        }
    }

    fn merge_older(&mut self, older: Seen) {
        self.first = self.first.min(older.first);
        if older.last > self.last {
            (self.last, self.user_agent) = (older.last, older.user_agent);
        }
        let at = |ci: &Option<(String, i64)>| ci.as_ref().map(|(_, at)| *at);
        if at(&older.ci) > at(&self.ci) {
            self.ci = older.ci;
        }
    }
}

impl Use {
    async fn write(&self, write: &mut db::Write, token: Uuid) -> Result<(), ServiceError> {
        db::token_uses::note(write, token, self.at).await?;
        for (permission, at) in &self.permissions {
            db::token_uses::note_permission(write, token, permission.as_str(), *at).await?;
        }
        for (address, seen) in &self.addresses {
            let address = Address {
                address: address.to_string(),
                user_agent: seen.user_agent.clone(),
                first_used_at: seen.first,
                last_used_at: seen.last,
                ci: seen.ci.clone(),
            };
            db::token_uses::note_address(write, token, &address).await?;
        }
        if !self.addresses.is_empty() {
            db::token_uses::keep_addresses(write, token, ADDRESSES).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::server::testing::{Bound, TestState};

    fn origin(address: &str, user_agent: &str) -> Origin {
        Origin { address: Some(address.parse().expect("an address")), user_agent: Some(user_agent.to_owned()) }
    }

    async fn rows(db: &Db) -> (Vec<(String, i64)>, Vec<Address>) {
        let token: Option<Uuid> =
            sqlx::query_scalar("SELECT id FROM tokens").fetch_optional(db.read()).await.expect("reads");
        let token = token.expect("a token");
        let mut permissions = db::token_uses::permissions(db.read(), token).await.expect("reads");
        permissions.sort();
        (permissions, db::token_uses::addresses(db.read(), token).await.expect("reads"))
    }

    #[tokio::test]
    async fn uses_are_merged_and_older_ones_never_win() {
        let test = TestState::new().await;
        let (uses, db) = (&test.state.token_uses, &test.state.db);
        let id = test.secret(&test.owner, Bound::Person, &Permission::ALL).await.details.id;
        let (here, ci) = (origin("192.0.2.1", "curl/8"), origin("192.0.2.1", "zerodeploy/1.0 (ci; github-actions)"));
        let mapped = origin("::ffff:192.0.2.1", "curl/8");
        for (at, origin) in [(20, &ci), (30, &here), (10, &mapped)] {
            uses.note(id, Some(Permission::SitesRead), origin, at);
        }
        uses.note(id, None, &Origin::default(), 40);
        for _ in 0..2 {
            uses.flush(db).await.expect("writes");
            let (permissions, addresses) = rows(db).await;
            assert_eq!(permissions, [("sites:read".to_owned(), 30)]);
            let [only] = addresses.as_slice() else { panic!("{addresses:?}") };
            assert_eq!((only.address.as_str(), only.first_used_at, only.last_used_at), ("192.0.2.1", 10, 30));
            assert_eq!(only.user_agent.as_deref(), Some("curl/8"));
            assert_eq!(only.ci, Some(("github-actions".to_owned(), 20)), "remembered beside the newer client");
            // Told again, late.
            uses.note(id, Some(Permission::SitesRead), &origin("192.0.2.1", "old/1 (ci; x)"), 15);
        }
        let last: i64 =
            sqlx::query_scalar("SELECT last_used_at FROM tokens").fetch_one(db.read()).await.expect("reads");
        assert_eq!(last, 40);
    }

    #[tokio::test]
    async fn the_newest_twenty_addresses_are_kept() {
        let test = TestState::new().await;
        let (uses, db) = (&test.state.token_uses, &test.state.db);
        let id = test.secret(&test.owner, Bound::Person, &Permission::ALL).await.details.id;
        for at in 0..30 {
            uses.note(id, None, &origin(&format!("192.0.2.{at}"), "a"), at);
            if at == 14 {
                uses.flush(db).await.expect("writes");
            }
        }
        uses.flush(db).await.expect("writes");
        let kept: Vec<i64> = rows(db).await.1.iter().map(|address| address.last_used_at).collect();
        assert_eq!(kept, (10..30).rev().collect::<Vec<_>>());
    }

    #[tokio::test]
    async fn nothing_is_lost_when_it_cannot_be_written_or_nobody_waits() {
        let test = TestState::new().await;
        let (uses, db) = (&test.state.token_uses, &test.state.db);
        let id = test.secret(&test.owner, Bound::Person, &Permission::ALL).await.details.id;
        uses.note(id, Some(Permission::SitesWrite), &origin("192.0.2.1", "a"), 1);
        let mut write = db.write().await.expect("a transaction");
        sqlx::query("ALTER TABLE token_uses RENAME TO away").execute(&mut *write).await.expect("runs");
        write.commit().await.expect("commits");
        assert!(uses.flush(db).await.is_err());
        // Newer ones come in between.
        uses.note(id, Some(Permission::SitesRead), &origin("192.0.2.1", "b"), 2);
        assert!(uses.flush(db).await.is_err());
        let mut write = db.write().await.expect("a transaction");
        sqlx::query("ALTER TABLE away RENAME TO token_uses").execute(&mut *write).await.expect("runs");
        // The writer is taken, so this waits; then its caller goes away.
        assert!(tokio::time::timeout(Duration::ZERO, uses.flush(db)).await.is_err());
        write.commit().await.expect("commits");
        uses.flush(db).await.expect("writes");
        let (permissions, addresses) = rows(db).await;
        assert_eq!(permissions, [("sites:read".to_owned(), 2), ("sites:write".to_owned(), 1)]);
        assert_eq!((addresses[0].first_used_at, addresses[0].user_agent.as_deref()), (1, Some("b")));
        assert_eq!(uses.lock().entries, 0);
    }

    #[tokio::test]
    async fn memory_is_bounded_and_many_uses_are_written_early() {
        let uses = TokenUses::default();
        let known = Uuid::now_v7();
        uses.note(known, None, &Origin::default(), 1);
        assert!(tokio::time::timeout(Duration::ZERO, uses.many.notified()).await.is_err());
        for number in 0..MOST_ENTRIES as u128 * 2 {
            uses.note(Uuid::from_u128(number), None, &Origin::default(), 1);
        }
        uses.note(known, None, &Origin::default(), 2);
        uses.many.notified().await;
        let held = uses.lock();
        assert_eq!((held.entries, held.tokens.len()), (MOST_ENTRIES, MOST_ENTRIES));
        assert_eq!(held.tokens[&known].at, 2, "what is known is still brought up to date");
    }
}
