-- One image or text. Its bytes are an encrypted object outside the database, named by a keyed hash of sha256; the row is
-- committed after the object stands in its place, so a row never points to nothing.
create table asset (
    id          uuid primary key,
    project     uuid not null,
    name        text collate "C" not null,
    sha256      text collate "C" not null check (length(sha256) = 64),
    type        text collate "C" not null,
    size        bigint not null check (size > 0),
    width       int,
    height      int,
    orientation smallint check (orientation between 1 and 8),
    code_points bigint,
    created_at  timestamptz not null,
    unique (project, sha256),
    check ((width is null) = (height is null) and (width is null) <> (code_points is null))
);
create index asset_by_name on asset (project, name, id);
create index asset_by_time on asset (project, created_at, id);
