//! The command line as the argument parser sees it: structs only, no I/O and no rules.
//!
//! There is no option for a secret: those come from the environment, standard input or the store.

pub mod args;
pub mod check;
pub mod deploy;
pub mod deployments;
pub mod generate;
pub mod help;
pub mod init;
pub mod login;
pub mod org;
pub mod org_members;
pub mod profile;
pub mod rollback;
#[cfg(feature = "server")]
pub mod serve;
pub mod session;
pub mod site;
pub mod token;
pub mod user;

use clap::{Args, Parser, Subcommand};

/// Deploy static sites, guard them with fine-grained tokens, and serve them from your own machine
#[derive(Debug, Parser)]
#[command(
    name = "zerodeploy",
    version,
    styles = help::STYLES,
    after_help = help::pointer(),
    after_long_help = help::topics(),
    subcommand_required = true,
    arg_required_else_help = true,
    max_term_width = 120
)]
pub struct Cli {
    #[command(flatten)]
    pub global: GlobalArgs,
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Print one JSON value on standard output, errors included
    #[arg(long, global = true)]
    pub json: bool,

    /// Print data and errors only
    #[arg(short, long, global = true)]
    pub quiet: bool,

    /// Log what happens on standard error; repeat for more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Use the server at this address
    #[arg(long, global = true, value_name = "URL")]
    pub api_url: Option<String>,

    /// Use this profile of the user configuration
    #[arg(long, global = true, value_name = "NAME")]
    pub profile: Option<String>,

    /// Allow unencrypted http to other machines
    #[arg(long, global = true)]
    pub insecure_http: bool,

    /// Never ask, fail instead
    #[arg(long, global = true)]
    pub no_input: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Check(check::CheckArgs),
    Deploy(deploy::DeployArgs),
    #[command(subcommand)]
    Deployments(deployments::DeploymentsCommand),
    #[command(subcommand, hide = true)]
    Generate(generate::GenerateCommand),
    Init(init::InitArgs),
    Login(login::LoginArgs),
    /// Sign out: end the session of a profile and forget its credential
    Logout,
    #[command(subcommand)]
    Org(org::OrgCommand),
    #[command(subcommand)]
    Profile(profile::ProfileCommand),
    Rollback(rollback::RollbackArgs),
    #[cfg(feature = "server")]
    Serve(serve::ServeArgs),
    #[command(subcommand)]
    Session(session::SessionCommand),
    #[command(subcommand)]
    Site(site::SiteCommand),
    #[command(subcommand)]
    Token(token::TokenCommand),
    #[command(subcommand)]
    User(user::UserCommand),
    /// Show who the credential belongs to and what it may do
    Whoami,
}

impl Command {
    /// Whether the command runs the server in this process: it wants all cores and ends itself on Ctrl-C.
    pub fn is_serving(&self) -> bool {
        match self {
            #[cfg(feature = "server")]
            Command::Serve(_) => true,
            #[cfg(feature = "server")]
            Command::Deploy(args) => args.local && args.command.is_none(),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::error::ErrorKind;
    use clap::{CommandFactory, Parser};

    use super::*;

    fn parse(arguments: &str) -> Result<Cli, clap::Error> {
        Cli::try_parse_from(arguments.split(' '))
    }

    #[test]
    fn the_tree_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn no_option_takes_a_secret() {
        fn walk(command: &clap::Command) {
            for argument in command.get_arguments() {
                assert!(!matches!(argument.get_long(), Some("token" | "password" | "secret")), "{argument}");
                assert!(argument.get_env().is_none(), "the environment is read by the settings: {argument}");
            }
            command.get_subcommands().for_each(walk);
        }
        walk(&Cli::command());
    }

    #[test]
    fn help_starts_with_a_sentence_without_full_stop() {
        fn walk(command: &clap::Command) {
            let about = command.get_about().map(ToString::to_string).unwrap_or_default();
            assert!(about.starts_with(|first: char| first.is_ascii_uppercase()), "{}: {about}", command.get_name());
            assert!(!about.ends_with('.'), "{}: {about}", command.get_name());
            command.get_subcommands().for_each(walk);
        }
        walk(&Cli::command());
    }

    #[test]
    fn deploy_takes_a_site_or_a_subcommand() {
        let Command::Deploy(args) = parse("zerodeploy deploy blog --dir out").expect("valid").command else {
            panic!("deploy")
        };
        assert_eq!(args.site.slug().map(|slug| slug.as_str()), Some("blog"));
        for (list, is_legal) in [
            ("zerodeploy deploy list blog --limit 3", true),
            ("zerodeploy --json deploy list", true),
            ("zerodeploy deploy --json list", true),
            ("zerodeploy deploy --dir out list", false),
            ("zerodeploy deploy blog list", false),
            ("zerodeploy deploy --build list", false),
            ("zerodeploy deploy --timeout 5 promote", false),
        ] {
            let Command::Deploy(mut args) = parse(list).expect("valid").command else { panic!("deploy") };
            let command = args.take_command();
            assert_eq!(matches!(command, Ok(Some(deploy::DeployCommand::List(_)))), is_legal, "{list}");
        }
        let cli = parse("zerodeploy deploy promote 0123456789 --site blog --json").expect("valid");
        assert!(cli.global.json);
        assert!(parse("zerodeploy deploy blog --site shop").is_err(), "one site");
        assert!(parse("zerodeploy deploy --site list").is_err(), "reserved");
    }

    #[test]
    fn global_options_work_on_both_sides_of_the_verb() {
        for arguments in [
            "zerodeploy -vv --json --api-url http://localhost:1 whoami",
            "zerodeploy whoami -vv --json --api-url http://localhost:1",
        ] {
            let cli = parse(arguments).expect("valid");
            assert_eq!((cli.global.verbose, cli.global.json), (2, true));
            assert_eq!(cli.global.api_url.as_deref(), Some("http://localhost:1"));
        }
    }

    #[test]
    fn a_token_needs_exactly_one_scope() {
        assert!(parse("zerodeploy token create ci --site blog --permissions sites:read,deployments:write").is_ok());
        assert!(parse("zerodeploy token create ci --user --expires never").is_ok());
        let spaced = ["zerodeploy", "token", "create", "ci", "--user", "--permissions", "sites:read, forms:read"];
        assert!(Cli::try_parse_from(spaced).is_ok());
        let missing = parse("zerodeploy token create ci").expect_err("no scope");
        assert_eq!(missing.kind(), ErrorKind::MissingRequiredArgument);
        let both = parse("zerodeploy token create ci --site blog --org acme").expect_err("two scopes");
        assert_eq!(both.kind(), ErrorKind::ArgumentConflict);
        let typo = parse("zerodeploy token create ci --user --permissions site:read").expect_err("a typo");
        assert!(typo.to_string().contains("did you mean `sites:read`?"), "{typo}");
        for time in ["1", "90d", "12h", "1h30m", "36500", "never"] {
            assert!(parse(&format!("zerodeploy token create ci --user --expires {time}")).is_ok(), "{time}");
        }
        for days in ["0", "-1", "x", "99999999", "18446744073709551615", "59s", "36501d"] {
            assert!(parse(&format!("zerodeploy token create ci --user --expires {days}")).is_err(), "{days}");
        }
    }

    #[cfg(feature = "server")]
    #[test]
    fn only_the_server_runs_on_all_cores() {
        for (arguments, serving) in [
            ("zerodeploy serve", true),
            ("zerodeploy deploy --local", true),
            ("zerodeploy deploy", false),
            ("zerodeploy whoami", false),
        ] {
            assert_eq!(parse(arguments).expect("valid").command.is_serving(), serving, "{arguments}");
        }
    }
}
