-- A client's key-encrypting keys, one row a version: who keeps it, and under which name. The newest wraps; an older one
-- unwraps until nothing is left under it and it is retired.
alter table client_key drop constraint client_key_pkey, drop column one;
alter table client_key
    add column version    int primary key default 1 check (version > 0),
    add column provider   text not null default 'local',
    add column reference  text,
    -- Bytes wrapped by this key, to see whether it is at hand; absent until the key was first used in this form.
    add column probe      bytea,
    add column retired_at timestamptz;
update client_key set reference = key_id::text;
alter table client_key alter column reference set not null, drop column key_id,
    alter column version drop default, alter column provider drop default;
grant update (probe, retired_at) on client_key to "${role}";

-- Whether the client lets its keys be used.
create table key_state (
    one         boolean primary key default true check (one),
    disabled_at timestamptz
);
insert into key_state default values;
revoke insert, delete, truncate on key_state from "${role}";

-- A project's data keys, one row a version. The newest seals; older ones open until they are refused. The three keysets lie
-- under a key of 32 bytes, and that one is wrapped by the client's key; where it is absent, as of old, the keysets
-- themselves are.
alter table data_key drop constraint data_key_pkey;
alter table data_key
    add column version    int not null default 1 check (version > 0),
    add column kek        int not null default 1 references client_key,
    add column wrapped    bytea,
    -- Tink's number of the key for columns: the second to fifth byte of all that it sealed.
    add column key_id     bigint,
    add column refused_at timestamptz,
    add primary key (project, version);
alter table data_key alter column version drop default, alter column kek drop default;
grant update (kek, wrapped, key_id, columns, bytes, names, refused_at) on data_key to "${role}";

-- The key that signs checkpoints is the installation's, so that the log goes on while the client's key is away.
alter table log_key add column by_client boolean not null default true;
alter table log_key alter column by_client drop default;
grant update (sealed, by_client) on log_key to "${role}";

-- A data key's older version goes when everything it sealed is sealed anew: the same plain value, bound to the same row.
grant update (sealed) on ontology_version, guideline_version, submission_comment, asset_pack to "${role}";
grant update (texts) on submission, task_merge, restoration to "${role}";
grant update (texts, comments) on review_decision to "${role}";
grant update (answer, feedback) on gold to "${role}";
grant update (note) on lease_end to "${role}";
grant update (text) on appeal to "${role}";
create or replace function release_is_final() returns trigger language plpgsql as $$
begin
    if (old.state <> 'building' or new.project <> old.project or new.number <> old.number)
        and to_jsonb(new) - 'notes' <> to_jsonb(old) - 'notes' then
        raise exception 'release % of project % is final', old.number, old.project;
    end if;
    return new;
end $$;

-- Work on what is kept: everything of a project read through, or sealed anew.
alter table job drop constraint job_kind_check;
alter table job add constraint job_kind_check check (kind in ('import', 'export', 'scrub', 'reencryption'));

-- Objects and sealed rows whose bytes were found changed or gone when they were last read through.
create table broken_object (
    project  uuid not null,
    -- An object's name, or a table and the place in it.
    name     text not null,
    asset    uuid,
    found_at timestamptz not null,
    primary key (project, name)
);
