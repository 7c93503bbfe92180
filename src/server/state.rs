//! What every request shares.

use std::sync::Arc;

use super::addresses::Addresses;
use super::clock::Clock;
use super::db::Db;
use super::directory::Directory;
use super::jobs::token_uses::TokenUses;
use super::jobs::variants::VariantQueue;
use super::packs::PackStore;
use super::settings::Limits;
use super::store::Store;
use super::uploads::Uploads;

/// A running server's parts. Services take it whole; it knows nothing of HTTP.
pub(crate) struct State {
    pub(crate) db: Db,
    pub(crate) packs: Arc<PackStore>,
    pub(crate) store: Arc<Store>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) uploads: Uploads,
    pub(crate) token_uses: TokenUses,
    pub(crate) variants: VariantQueue,
    pub(crate) addresses: Addresses,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    /// Taken by whoever collects garbage: two at once would rewrite the same packs.
    pub(crate) collecting: tokio::sync::Mutex<()>,
}

impl State {
    /// The time in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }
}
