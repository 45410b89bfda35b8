-- Legal entities: those that clients and vendors are, and those that only hold stakes in them.
create table organisation (
    id         uuid primary key,
    name       text not null,
    country    text check (country ~ '^[A-Z]{2}$'),
    created_at timestamptz not null
);
create unique index organisation_name on organisation (lower(name));

-- Which organisation a client is, as the operator enters it; walls against competitors ask for it.
alter table client add column organisation uuid references organisation;

-- A vendor's team at a client names the organisation whose people they are.
alter table workforce add column organisation uuid references organisation;
alter table workforce drop constraint workforce_kind_check;
alter table workforce add constraint workforce_kind_check check (kind in ('in_house', 'vendor'));
alter table workforce add constraint workforce_vendor_named check ((kind = 'vendor') = (organisation is not null));
create index workforce_organisation on workforce (organisation) where organisation is not null;
