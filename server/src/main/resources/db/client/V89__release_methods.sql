-- A release may be settled by any of the library's methods.
alter table release
    drop constraint release_method_check,
    add constraint release_method_check check (method in (
        'majority', 'wawa', 'dawid_skene', 'dawid_skene_map', 'hierarchical', 'one_coin', 'bayesian_average',
        'ibcc', 'glad', 'mace', 'ebcc'));
