//! What it costs to find out whose token a request carries, with few tokens and with very many.

use std::path::Path;

use serde_json::json;
use sqlx::ConnectOptions as _;
use sqlx::sqlite::SqliteConnectOptions;

use crate::http::Connection;
use crate::measure::{Plan, Reason, Samples, alternate, fresh_folder};
use crate::peers::requests_per_second_with;
use crate::report::{Goal, Table, Unit};
use crate::server::Server;

const FEW: u32 = 10;
const MANY: u32 = 1_000_000;

pub(crate) fn measure(plan: &Plan) -> Result<Table, Reason> {
    let mut table = Table::new("Authentication over 64 keep-alive connections, requests a second");
    let few = Store::with_tokens("few-tokens", FEW)?;
    for (what, token) in [("site token", &few.site_token), ("user token", &few.user_token)] {
        let figures = alternate(plan.runs, &mut |_| few.who_am_i(token), &mut |_| few.health())?;
        table.ratio(
            format!("`whoami` with a {what}, against `/healthz`"),
            Unit::PerSecond,
            &figures,
            Goal::AtLeast(0.6),
        );
    }
    let many = Store::with_tokens("many-tokens", MANY)?;
    let figures: (Samples, Samples) =
        alternate(plan.runs, &mut |_| many.who_am_i(&many.site_token), &mut |_| few.who_am_i(&few.site_token))?;
    let what = format!("`whoami` with {MANY} tokens in the store, against {FEW}");
    table.ratio(what, Unit::PerSecond, &figures, Goal::AtLeast(0.9));
    Ok(table)
}

/// A server with one token of each kind that is used, among many that are not.
struct Store {
    server: Server,
    site_token: String,
    user_token: String,
}

impl Store {
    fn with_tokens(name: &str, count: u32) -> Result<Self, Reason> {
        let folder = fresh_folder(name)?;
        let server = Server::start(&folder, &[])?;
        let mut owner = Connection::open(server.address(), &server.session()?)?;
        owner.post("/sites", &json!({ "org": "personal", "slug": "bench" }))?;
        let mut token = |body| {
            let made = owner.post("/tokens", &body)?;
            made["token"].as_str().map(str::to_owned).ok_or_else(|| format!("no token in {made}"))
        };
        let site_token = token(json!({ "name": "used", "site": "bench" }))?;
        let user_token = token(json!({ "name": "used", "permissions": ["sites:read"] }))?;
        server.stop()?;
        fill(&folder, count)?;
        let server = Server::start(&folder, &[])?;
        server.wait_until_idle();
        Ok(Store { server, site_token, user_token })
    }

    fn who_am_i(&self, token: &str) -> Result<f64, Reason> {
        let fields = [format!("Host: {}", self.server.address()), format!("Authorization: Bearer {token}")];
        requests_per_second_with(self.server.address(), &fields, "/whoami")
    }

    fn health(&self) -> Result<f64, Reason> {
        requests_per_second_with(self.server.address(), &[format!("Host: {}", self.server.address())], "/healthz")
    }
}

/// Makes more tokens like the first one, until there are so many.
fn fill(folder: &Path, count: u32) -> Result<(), Reason> {
    const STATEMENT: &str = "
        WITH RECURSIVE numbers (n) AS (SELECT 3 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)
        INSERT INTO tokens (id, hash, prefix, name, kind, user_id, organization_id, site_id, permissions, created_at)
        SELECT randomblob(16), randomblob(32), printf('%08d', n), 'unused', t.kind, t.user_id, t.organization_id,
               t.site_id, t.permissions, t.created_at
        FROM numbers, (SELECT * FROM tokens ORDER BY id LIMIT 1) AS t";
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let filled = runtime.map_err(|error| error.to_string())?.block_on(async {
        let options = SqliteConnectOptions::new().filename(folder.join("zerodeploy.db"));
        let mut database = options.connect().await?;
        sqlx::query(STATEMENT).bind(count).execute(&mut database).await
    });
    filled.map(drop).map_err(|error| error.to_string())
}
