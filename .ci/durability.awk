# Reads a trace of `strace -f -y` and judges, for each upload, the order that .ci/durability describes. Lines are the
# clock: strace writes them in the order in which it saw the calls begin and end.

BEGIN {
    while ((getline folder < folders) > 0) is_folder[folder] = 1
    begins = uploads = finishes = failures = 0
}

# A call that another thread interrupted comes in two lines; it is judged as one, with the time of both.
{
    thread = $1
    text = $0
    sub(/^[0-9]+ +/, "", text)
}
text ~ /<unfinished \.\.\.>$/ {
    sub(/ *<unfinished \.\.\.>$/, "", text)
    begun_text[thread] = text
    begun_line[thread] = NR
    next
}
text ~ /^<\.\.\. [a-z0-9_]+ resumed>/ {
    sub(/^<\.\.\. [a-z0-9_]+ resumed>/, "", text)
    call(begun_text[thread] text, begun_line[thread], NR)
    next
}
{ call(text, NR, NR) }

function target(text) {
    sub(/^[a-z0-9_]+\([0-9]+</, "", text)
    sub(/>[,)].*$/, "", text)
    return text
}

function call(text, begin, end,   name, file) {
    name = text
    sub(/\(.*/, "", name)
    file = target(text)
    if (name == "fsync" || name == "fdatasync") {
        if (text !~ /= 0$/) return
        if (file in is_folder) folder_synced[++folder_syncs] = end
        else if (file ~ /\/packs\//) pack_synced[++pack_syncs] = end
        else if (file ~ /-wal$/) { wal_sync_begin[++wal_syncs] = begin; wal_sync_end[wal_syncs] = end }
    } else if (file ~ /-wal$/) {
        if (name ~ /write/) wal_write[++wal_writes] = begin
    } else if (name == "recvfrom" || name == "read") {
        if (text ~ /"POST [^ ]*\/deployments HTTP\/1/) { received[file] = end; kind[file] = "begin" }
        else if (text ~ /"POST [^ ]*\/blobs HTTP\/1/) { received[file] = end; kind[file] = "upload" }
        else if (text ~ /"POST [^ ]*\/finish HTTP\/1/) { received[file] = end; kind[file] = "finish" }
    } else if (file in received && text ~ /"HTTP\/1\.1 20[0-9] /) {
        judge(kind[file], received[file], begin)
        delete received[file]
    }
}

function first_after(list, count, from,   at) {
    for (at = 1; at <= count; at++) if (list[at] > from) return list[at]
    return 0
}

function complain(text) {
    print "  " text
    failures++
}

# Everything between a request's arrival and its answer; lines of the trace.
function judge(what, arrival, answer,   pack, folder, wal, at, committed) {
    if (what == "finish") {
        finishes++
        if (!synced_between(arrival, answer)) complain("a finish was answered before its transaction was on the disk")
        return
    }
    if (what == "begin") {
        begins++
        pack = first_after(pack_synced, pack_syncs, arrival)
        folder = first_after(folder_synced, folder_syncs, pack)
        if (!pack || !folder || !synced_between(folder, answer)) complain("a begin was answered before its manifest was on the disk")
        return
    }
    uploads++
    pack = first_after(pack_synced, pack_syncs, arrival)
    folder = first_after(folder_synced, folder_syncs, arrival)
    wal = first_after(wal_write, wal_writes, arrival)
    if (!pack || pack > answer) complain("upload " uploads ": answered without an fsync of a pack")
    if (!folder || folder > answer) complain("upload " uploads ": answered without an fsync of the pack's folder")
    if (!wal || wal > answer) complain("upload " uploads ": answered without an index transaction")
    if (wal && pack > wal) complain("upload " uploads ": the index was written before the pack was on the disk")
    if (wal && folder > wal) complain("upload " uploads ": the index was written before the folder was on the disk")
    if (!synced_between(wal, answer)) complain("upload " uploads ": answered before the index was on the disk")
    printf "  upload %d: request %d, pack %d, folder %d, index write %d, answer %d (lines of the trace)\n", \
        uploads, arrival, pack, folder, wal, answer
}

function synced_between(from, to,   at) {
    for (at = 1; at <= wal_syncs; at++) if (wal_sync_begin[at] > from && wal_sync_end[at] < to) return 1
    return 0
}

END {
    if (!begins) complain("the trace has no begin that was answered")
    if (!uploads) complain("the trace has no upload that was answered")
    if (!finishes) complain("the trace has no finish that was answered")
    exit (failures > 0)
}
