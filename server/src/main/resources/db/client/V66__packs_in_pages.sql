-- A pack of many texts fits a page: kept there it costs one row, cut into chunks it cost five with an index entry each. A
-- longer one, a text alone, is still cut.
alter table asset_pack set (toast_tuple_target = 8160);
