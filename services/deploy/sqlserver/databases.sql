-- Makes the three databases, and for each a login that serves and a login that migrates. Run again it changes nothing but passwords.
-- Variables of sqlcmd: SERVICE, LOGIN_PASSWORD, MIGRATION_PASSWORD.
:on error exit
use master;
go
if db_id(N'$(SERVICE)') is null
    create database [$(SERVICE)] collate Latin1_General_100_BIN2;
go
-- Reads see one snapshot and never wait for the writer.
alter database [$(SERVICE)] set allow_snapshot_isolation on;
go
if suser_id(N'$(SERVICE)') is null
    create login [$(SERVICE)] with password = N'$(LOGIN_PASSWORD)', default_database = [$(SERVICE)];
else
    alter login [$(SERVICE)] with password = N'$(LOGIN_PASSWORD)';
if suser_id(N'$(SERVICE)_migration') is null
    create login [$(SERVICE)_migration] with password = N'$(MIGRATION_PASSWORD)', default_database = [$(SERVICE)];
else
    alter login [$(SERVICE)_migration] with password = N'$(MIGRATION_PASSWORD)';
go
use [$(SERVICE)];
go
-- What serves may read and write rows; the schema is changed by what migrates alone.
if database_principal_id(N'$(SERVICE)') is null
begin
    create user [$(SERVICE)] for login [$(SERVICE)];
    alter role db_datareader add member [$(SERVICE)];
    alter role db_datawriter add member [$(SERVICE)];
end
if database_principal_id(N'$(SERVICE)_migration') is null
begin
    create user [$(SERVICE)_migration] for login [$(SERVICE)_migration];
    alter role db_owner add member [$(SERVICE)_migration];
end
go
