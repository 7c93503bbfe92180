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
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "deploy" -d 'Deploy a folder to a site'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "deployments" -d 'List deployments and look into them'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "generate" -d 'Write files made from the description of the command line'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "login" -d 'Check a token or session and store it for a server'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "logout" -d 'Remove the stored credential of a profile'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "org" -d 'List, create and delete organizations'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "rollback" -d 'Publish the previous deployment of a site again'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "serve" -d 'Run the whole service on this machine'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "site" -d 'List, create, show and delete sites'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "token" -d 'Create, list and delete tokens'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "whoami" -d 'Show who the credential belongs to and what it may do'
complete -c zerodeploy -n "__fish_zerodeploy_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l site -d 'Site slug, the same as SITE' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l org -d 'Organization slug [default: ZERODEPLOY_ORG, zerodeploy.json, the profile, or the only one there is]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l dir -d 'Folder to deploy [default: zerodeploy.json, or dist, build, out or the like with an index.html]' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l message -d 'Say something about this deployment' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l data-dir -d 'Data folder of the server on this machine' -r -F
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l preview -d 'Make a preview under its own address, leave the site as it is'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deploy; and not __fish_seen_subcommand_from list promote help" -l append -d 'Lay the files over those of the current deployment instead of replacing them'
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -f -a "files" -d 'List the files of a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -f -a "logs" -d 'Show what happened to a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -f -a "show" -d 'Show a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand deployments; and not __fish_seen_subcommand_from files list logs show help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l with-token -d 'Read the token or session from standard input'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand login" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand logout" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and not __fish_seen_subcommand_from create delete list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand org; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l access-log -d 'Log requests to sites too, not only those to the API'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand serve" -s h -l help -d 'Print help'
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -f -a "list" -d 'List tokens, without their secrets'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and not __fish_seen_subcommand_from create delete list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l org -d 'Bind it to this organization' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l site -d 'Bind it to this site' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l permissions -d 'What it may do, separated by commas [default: sites:read,deployments:write]' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from create" -l expires -d 'Days until it ends, or `never`' -r
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
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "list" -d 'List tokens, without their secrets'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand token; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l api-url -d 'Use the server at this address' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l profile -d 'Use this profile of the user configuration' -r
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l json -d 'Print one JSON value on standard output, errors included'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s q -l quiet -d 'Print data and errors only'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s v -l verbose -d 'Log what happens on standard error; repeat for more'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l insecure-http -d 'Allow unencrypted http to other machines'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -l no-input -d 'Never ask, fail instead'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand whoami" -s h -l help -d 'Print help'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "deploy" -d 'Deploy a folder to a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "deployments" -d 'List deployments and look into them'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "generate" -d 'Write files made from the description of the command line'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "login" -d 'Check a token or session and store it for a server'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "logout" -d 'Remove the stored credential of a profile'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "org" -d 'List, create and delete organizations'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "rollback" -d 'Publish the previous deployment of a site again'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "serve" -d 'Run the whole service on this machine'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "site" -d 'List, create, show and delete sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "token" -d 'Create, list and delete tokens'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "whoami" -d 'Show who the credential belongs to and what it may do'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and not __fish_seen_subcommand_from deploy deployments generate login logout org rollback serve site token whoami help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deploy" -f -a "promote" -d 'Make a preview the site\'s current deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "files" -d 'List the files of a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "list" -d 'List a site\'s deployments, the newest first'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "logs" -d 'Show what happened to a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from deployments" -f -a "show" -d 'Show a deployment'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from generate" -f -a "completions" -d 'Write completions for bash, zsh, fish and PowerShell'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from generate" -f -a "man" -d 'Write manual pages'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "create" -d 'Create an organization'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "delete" -d 'Delete an organization that has no sites'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from org" -f -a "list" -d 'List the organizations that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "create" -d 'Create a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "delete" -d 'Delete a site with all its deployments'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "list" -d 'List the sites that the credential reaches'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from site" -f -a "show" -d 'Show a site'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "create" -d 'Create a token and print its secret, once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "delete" -d 'Delete tokens; they are refused at once'
complete -c zerodeploy -n "__fish_zerodeploy_using_subcommand help; and __fish_seen_subcommand_from token" -f -a "list" -d 'List tokens, without their secrets'
