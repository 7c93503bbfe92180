# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_zerodeploy_global_optspecs
    string join \n json q/quiet v/verbose api-url= profile= insecure-http no-input h/help V/version
end

function __fish_zerodeploy_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_zerodeploy_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_zerodeploy_using_subcommand
    set -l cmd (__fish_zerodeploy_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -s V -l version -d 'Print version'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "check" -d 'Look for mistakes in a folder: what a deploy would refuse or warn of'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "deploy" -d 'Deploy a folder to a site'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "deployments" -d 'List deployments and look into them'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "generate" -d 'Write files made from the description of the command line'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "init" -d 'Write zerodeploy.json for the project in this folder'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "login" -d 'Sign in to a server'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "logout" -d 'Sign out: end the session of a profile and forget its credential'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "org" -d 'Manage organizations and their members, and see what happened in them'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "profile" -d 'See and choose the servers that you signed in to'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "rollback" -d 'Publish the previous deployment of a site again'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "serve" -d 'Run the whole service on this machine'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "session" -d 'See where you are signed in, and end sessions'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "site" -d 'List, create, show and delete sites'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "token" -d 'Create, list, audit, rotate and delete tokens'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "user" -d 'Manage the accounts of a server, as its owner'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "whoami" -d 'Show who the credential belongs to and what it may do'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l dir -d 'Folder to check [default: the one that `deploy` would take]' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l strict -d 'Fail on warnings, too, with exit code 8'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand check" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l org -d 'Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, the profile, or the only one there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l dir -d 'Folder to deploy [default: zerodeploy.json, or found by the project\'s framework]' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l build-command -d 'Build with this command instead; implies --build [default: zerodeploy.json, or found by the framework]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l message -d 'Say something about this deployment' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l timeout -d 'Give up after this long, build included' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l data-dir -d 'Data folder of the server on this machine' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l build -d 'Run the build command first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l no-build -d 'Build nothing, which is the default'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l install -d 'Run the install command before the build'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l preview -d 'Make a preview under its own address, leave the site as it is [default for pull requests in CI]'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l prod -d 'Publish on the site\'s own address, also for a pull request in CI'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l append -d 'Lay the files over those of the current deployment instead of replacing them'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l dry-run -d 'Show what would change on the site, and deploy nothing'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l open -d 'Open the address in the browser; not over SSH or in CI'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l github-output -d 'Write outputs and a summary for GitHub Actions'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l local -d 'Deploy to the server on this machine: start it when none runs, make the site, named by package.json or the folder'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -a "promote" -d 'Make a preview the site\'s current deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l limit -d 'Most entries to show' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l site -d 'Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from promote" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "promote" -d 'Make a preview the site\'s current deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "diff" -d 'Show which files differ between two deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "files" -d 'List the files of a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "logs" -d 'Show what happened to a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "show" -d 'Show a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from diff files list logs show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l site -d 'Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l site -d 'Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from files" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l limit -d 'Most entries to show' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l site -d 'Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from logs" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l site -d 'Site slug [default: ZERODEPLOY_SITE, zerodeploy.json, or the only site there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show which files differ between two deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "files" -d 'List the files of a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "logs" -d 'Show what happened to a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -f -a "completions" -d 'Write completions for bash, zsh, fish and PowerShell'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -f -a "man" -d 'Write manual pages'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and not __fish_seen_subcommand_from completions man help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l out -d 'Folder to write into; made when missing' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from completions" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l out -d 'Folder to write into; made when missing' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from man" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from help" -f -a "completions" -d 'Write completions for bash, zsh, fish and PowerShell'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from help" -f -a "man" -d 'Write manual pages'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand generate; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l org -d 'Organization that holds the site [default: ZERODEPLOY_ORG, the profile, `personal`, or the only one there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l site -d 'Site slug [default: ZERODEPLOY_SITE, else a new site named by package.json or the folder]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l dir -d 'Folder to deploy [default: found by the project\'s framework]' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l build -d 'Command that builds the site [default: found by the project\'s framework]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l ignore -d 'Patterns of files to leave out, in the syntax of gitignore' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l force -d 'Replace the file that is there'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand init" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l with-token -d 'Read a token or session from standard input instead, check it and keep it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l no-browser -d 'Show the address only, and open no browser'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "audit" -d 'Show what happened in an organization, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "members" -d 'See who belongs to an organization, invite, and remove'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from audit create delete list members help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l org -d 'Organization slug, the same as ORG' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l since -d 'Leave out what is older: a time such as 24h or 7d, or a date such as 2026-01-31 (UTC)' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l limit -d 'Most entries to show' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l all -d 'Show everything that happened on the server, which only its owner may'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l org -d 'Organization slug, the same as SLUG' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l force -d 'Do not ask'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -f -a "invite" -d 'Make a link by which somebody joins an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -f -a "list" -d 'List members and invitations'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -f -a "remove" -d 'End a membership, your own as well, or revoke an invitation'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -f -a "role" -d 'Give a member, or somebody who was invited, another role'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from members" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Show what happened in an organization, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "members" -d 'See who belongs to an organization, invite, and remove'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -f -a "list" -d 'List profiles'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -f -a "remove" -d 'Sign out of a profile and forget it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -f -a "use" -d 'Use a profile where nothing names another'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and not __fish_seen_subcommand_from list remove use help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from remove" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from use" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "list" -d 'List profiles'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "remove" -d 'Sign out of a profile and forget it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "use" -d 'Use a profile where nothing names another'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand profile; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l to -d 'Publish this deployment instead of the previous one' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand rollback" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l listen -d 'Address and port to listen on; port 0 takes a free one' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l data-dir -d 'Folder that holds everything [default: ZERODEPLOY_DATA_DIR, or the user\'s data folder]' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l domain -d 'Domain under which sites live, as SITE.DOMAIN' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l public-url -d 'Address of the API and its pages as clients see it [default: the bare domain]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l site-url-base -d 'Shape of printed site addresses behind a proxy, such as https://{site}.pages.example' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l trusted-proxy -d 'Believe X-Forwarded-* from this network; repeat for more' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l country-header -d 'Take the visitor\'s country from this header, when a trusted proxy sends it' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l requests-per-minute -d 'Requests that each credential and each address may make of the API: a number, or off [default: 120; off when the domain is localhost]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l deploys-per-minute -d 'Deploys that each credential and each address may begin: a number, or off [default: 30; off when the domain is localhost]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l access-log -d 'Log requests to sites too, not only those to the API'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "list" -d 'List where you are signed in'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "revoke" -d 'End sessions; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and not __fish_seen_subcommand_from list revoke help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l all-others -d 'End every session but the one that this command uses'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from revoke" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "list" -d 'List where you are signed in'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "revoke" -d 'End sessions; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -f -a "create" -d 'Create a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -f -a "delete" -d 'Delete a site with all its deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -f -a "list" -d 'List the sites that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -f -a "show" -d 'Show a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and not __fish_seen_subcommand_from create delete list show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l org -d 'Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, the profile, or the only one there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l force -d 'Do not ask'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l org -d 'Only sites of this organization' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a site with all its deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sites that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand site; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "audit" -d 'Find tokens that should be mended, each with the command that does it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "list" -d 'List tokens, without their secrets'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "rotate" -d 'Put a new token in the place of one and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "show" -d 'Show a token and from where, when and for what it was used'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "verify" -d 'Tell what a token is and whether it is valid, without showing it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from audit create delete list rotate show verify help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l org -d 'Only tokens of this organization' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l fail-on -d 'End with exit code 8 when there is one of these findings, or `any`; separated by commas' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from audit" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l org -d 'Bind it to this organization' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l site -d 'Bind it to this site' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l permissions -d 'What it may do, separated by commas [default: sites:read,deployments:write]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l expires -d 'Days until it ends, a time such as `12h`, or `never`' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l note -d 'What it is for, such as where its secret is kept: at most 500 characters' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l user -d 'Let it reach everything that you reach'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l force -d 'Do not ask'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l type -d 'Only this kind: user, org or site' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l org -d 'Only tokens of this organization' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l site -d 'Only tokens of this site' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l grace -d 'How long the old secret still works, such as 24h or 7d; 0 ends it at once' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from rotate" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from verify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "audit" -d 'Find tokens that should be mended, each with the command that does it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List tokens, without their secrets'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "rotate" -d 'Put a new token in the place of one and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "show" -d 'Show a token and from where, when and for what it was used'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "verify" -d 'Tell what a token is and whether it is valid, without showing it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "disable" -d 'Keep somebody out: sessions and tokens are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "enable" -d 'Let somebody in again'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "invite" -d 'Make a link by which somebody gets an account'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "list" -d 'List accounts and invitations'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "reset" -d 'Make a link by which somebody sets a new password'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and not __fish_seen_subcommand_from disable enable invite list reset help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l force -d 'Do not ask'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from disable" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from enable" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from invite" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from reset" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "disable" -d 'Keep somebody out: sessions and tokens are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "enable" -d 'Let somebody in again'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "invite" -d 'Make a link by which somebody gets an account'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "list" -d 'List accounts and invitations'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "reset" -d 'Make a link by which somebody sets a new password'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand user; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "check" -d 'Look for mistakes in a folder: what a deploy would refuse or warn of'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "deploy" -d 'Deploy a folder to a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "deployments" -d 'List deployments and look into them'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "generate" -d 'Write files made from the description of the command line'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "init" -d 'Write zerodeploy.json for the project in this folder'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "login" -d 'Sign in to a server'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "logout" -d 'Sign out: end the session of a profile and forget its credential'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "org" -d 'Manage organizations and their members, and see what happened in them'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "profile" -d 'See and choose the servers that you signed in to'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "rollback" -d 'Publish the previous deployment of a site again'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "serve" -d 'Run the whole service on this machine'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "session" -d 'See where you are signed in, and end sessions'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "site" -d 'List, create, show and delete sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "token" -d 'Create, list, audit, rotate and delete tokens'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "user" -d 'Manage the accounts of a server, as its owner'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "whoami" -d 'Show who the credential belongs to and what it may do'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from check deploy deployments generate init login logout org profile rollback serve session site token user whoami help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "promote" -d 'Make a preview the site\'s current deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "diff" -d 'Show which files differ between two deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "files" -d 'List the files of a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "logs" -d 'Show what happened to a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "show" -d 'Show a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from generate" -f -a "completions" -d 'Write completions for bash, zsh, fish and PowerShell'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from generate" -f -a "man" -d 'Write manual pages'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "audit" -d 'Show what happened in an organization, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "members" -d 'See who belongs to an organization, invite, and remove'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "list" -d 'List profiles'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "remove" -d 'Sign out of a profile and forget it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from profile" -f -a "use" -d 'Use a profile where nothing names another'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List where you are signed in'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "revoke" -d 'End sessions; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "create" -d 'Create a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "delete" -d 'Delete a site with all its deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "list" -d 'List the sites that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "show" -d 'Show a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "audit" -d 'Find tokens that should be mended, each with the command that does it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "list" -d 'List tokens, without their secrets'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "rotate" -d 'Put a new token in the place of one and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "show" -d 'Show a token and from where, when and for what it was used'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "verify" -d 'Tell what a token is and whether it is valid, without showing it'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "disable" -d 'Keep somebody out: sessions and tokens are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "enable" -d 'Let somebody in again'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "invite" -d 'Make a link by which somebody gets an account'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "list" -d 'List accounts and invitations'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from user" -f -a "reset" -d 'Make a link by which somebody sets a new password'
