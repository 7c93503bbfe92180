//! What every request shares.

use std::sync::Arc;

use super::addresses::Addresses;
use super::admission::Admission;
use super::clock::Clock;
use super::db::Db;
use super::device_polls::DevicePolls;
use super::directory::Directory;
use super::jobs::refusals::Refusals;
use super::jobs::session_uses::SessionUses;
use super::jobs::token_uses::TokenUses;
use super::jobs::variants::VariantQueue;
use super::packs::PackStore;
use super::passwords::Passwords;
use super::rate_limit::RateLimits;
use super::settings::Limits;
use super::sign_in_guard::SignInGuard;
use super::store::Store;
use super::uploads::Uploads;

/// A running server's parts. Services take it whole; it knows nothing of HTTP.
pub(crate) struct State {
    pub(crate) db: Db,
    pub(crate) packs: Arc<PackStore>,
    pub(crate) store: Arc<Store>,
    pub(crate) directory: Arc<Directory>,
    pub(crate) uploads: Uploads,
    pub(crate) admission: Admission,
    pub(crate) token_uses: TokenUses,
    pub(crate) session_uses: SessionUses,
    pub(crate) device_polls: DevicePolls,
    pub(crate) sign_in_guard: SignInGuard,
    pub(crate) passwords: Passwords,
    pub(crate) refusals: Refusals,
    pub(crate) rate_limits: RateLimits,
    pub(crate) variants: Arc<VariantQueue>,
    pub(crate) addresses: Addresses,
    pub(crate) limits: Limits,
    pub(crate) clock: Clock,
    /// Hash of the session that clients of the same account use.
    pub(crate) owner_session: [u8; 32],
    /// Taken by whoever collects garbage: two at once would rewrite the same packs.
    pub(crate) collecting: tokio::sync::Mutex<()>,
}

impl State {
    /// Puts the parts together.
    pub(crate) fn new(
        db: Db,
        packs: PackStore,
        addresses: Addresses,
        limits: Limits,
        rate_limits: RateLimits,
        clock: Clock,
        owner_session: [u8; 32],
    ) -> Arc<Self> {
        let packs = Arc::new(packs);
        let store = Arc::new(Store::new(db.clone(), Arc::clone(&packs)));
        let variants = Arc::new(VariantQueue::default());
        let directory = Directory::new(db.clone(), Arc::clone(&store), Arc::clone(&variants), clock.clone(), limits);
        Arc::new(State {
            db,
            packs,
            store,
            directory: Arc::new(directory),
            uploads: Uploads::default(),
            admission: Admission::default(),
            token_uses: TokenUses::default(),
            session_uses: SessionUses::default(),
            device_polls: DevicePolls::default(),
            sign_in_guard: SignInGuard::default(),
            passwords: Passwords::default(),
            refusals: Refusals::default(),
            rate_limits,
            variants,
            addresses,
            limits,
            clock,
            owner_session,
            collecting: Default::default(),
        })
    }

    /// The time in milliseconds since 1970.
    pub(crate) fn now(&self) -> i64 {
        self.clock.now()
    }
}
