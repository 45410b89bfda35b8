-- Releases, numbered from 1 without a gap in each project. The archive is an object, sealed with the project's key; a row
-- is written while it is built and never again.
create table release (
    project         uuid not null references project,
    number          int not null check (number > 0),
    method          text not null check (method in ('majority', 'dawid_skene')),
    notes           bytea not null,
    state           text not null check (state in ('building', 'ready', 'failed')),
    created_by      uuid not null,
    via             text not null,
    created_at      timestamptz not null,
    -- The RELEASE entry of the log and what it binds; written together with the entry.
    event           bigint,
    manifest_sha256 text check (length(manifest_sha256) = 64),
    sums_sha256     text check (length(sums_sha256) = 64),
    -- Known when the archive is in its place.
    archive_sha256  text check (length(archive_sha256) = 64),
    assets          bigint,
    size            bigint,
    audit_index     bigint,
    failure         text,
    primary key (project, number),
    check (num_nulls(event, manifest_sha256, sums_sha256) in (0, 3)),
    check (state <> 'ready' or num_nulls(event, archive_sha256, assets, size, audit_index) = 0),
    check ((state = 'failed') = (failure is not null))
);

create function release_is_final() returns trigger language plpgsql as $$
begin
    if old.state <> 'building' or new.project <> old.project or new.number <> old.number then
        raise exception 'release % of project % is final', old.number, old.project;
    end if;
    return new;
end $$;
create trigger release_is_final before update on release for each row execute function release_is_final();

revoke delete, truncate on release from "${role}";
