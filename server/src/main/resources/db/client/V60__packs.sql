-- Small texts lie in rows, many together and sealed as one: a file each would cost more than the text. A pack tells which
-- asset each of its texts belongs to inside the seal, so that a row moved to another asset does not open there.
create table asset_pack (
    id      bigint primary key,
    project uuid not null,
    sealed  bytea not null
);
alter table asset_pack alter column sealed set storage external;
revoke update, truncate on asset_pack from "${role}";
-- Numbers of packs, taken in blocks.
create sequence asset_pack_id increment by 1000;

-- The pack that holds an asset's bytes; null when they are an object outside the database.
alter table asset add column pack bigint;
-- The raw digest is half as wide, and its index is the widest of the table.
alter table asset drop constraint asset_sha256_check;
alter table asset alter column sha256 type bytea using decode(sha256, 'hex');
alter table asset add check (length(sha256) = 32);
-- Ids grow with time: one index finds an asset and lists a project in the order of arrival.
alter table asset drop constraint asset_pkey, add primary key (project, id);
drop index asset_by_time;

-- Kept counts, in stripes so that two uploads at once do not wait for each other; never counted by a scan.
create table asset_count (
    project uuid not null,
    stripe  smallint not null,
    assets  bigint not null,
    primary key (project, stripe)
);
insert into asset_count (project, stripe, assets) select project, 0, count(*) from asset group by project;

-- Millions of tasks come in by one COPY; a trigger a row would cost more than the row. Whoever plans has asked for the
-- project before.
alter table task drop constraint task_project_fkey;
