-- @operation nvarchar(4000)
delete from look_back_rows where operation = @operation
go

-- @operation nvarchar(4000)
delete from replay_mismatches where operation = @operation
go

-- @shipment nvarchar(4000)
select max(recorded_at) from audit_chain where shipment = @shipment and kind in ('DECISION', 'HOLD', 'RELEASE', 'PERMIT', 'LICENCE_MOVEMENT')
go

-- @id char(36)
select shipment as Shipment, order_name as OrderName from permits where permit_id = @id
go

-- @shipments1 nvarchar(4000), @shipments2 nvarchar(4000)
select shipment as Shipment, ship_date as ShipDate from permits where state = 'GRANTED' and shipment in (@shipments1, @shipments2)
go
