using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Preserve.Catalog.Sqlite.Migrations
{
    /// <inheritdoc />
    public partial class AccessRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<Guid>(
                name: "StartedBy",
                table: "Sessions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "StartedIn",
                table: "Sessions",
                type: "TEXT",
                maxLength: 40000,
                nullable: false,
                defaultValue: "[]");

            migrationBuilder.AddColumn<long>(
                name: "EmbargoUntil",
                table: "Exhibits",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "RoomRule",
                table: "Exhibits",
                type: "TEXT",
                maxLength: 64,
                nullable: false,
                defaultValue: "Anywhere");

            migrationBuilder.CreateTable(
                name: "AccessGroups",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_AccessGroups", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ReadingRooms",
                columns: table => new
                {
                    Id = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    Title = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    Networks = table.Column<string>(type: "TEXT", maxLength: 40000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReadingRooms", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "ExhibitGroups",
                columns: table => new
                {
                    ExhibitId = table.Column<long>(type: "INTEGER", nullable: false),
                    GroupId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExhibitGroups", x => new { x.ExhibitId, x.GroupId });
                    table.ForeignKey(
                        name: "FK_ExhibitGroups_AccessGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "AccessGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_ExhibitGroups_Exhibits_ExhibitId",
                        column: x => x.ExhibitId,
                        principalTable: "Exhibits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "GroupMembers",
                columns: table => new
                {
                    GroupId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false),
                    AccountId = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_GroupMembers", x => new { x.GroupId, x.AccountId });
                    table.ForeignKey(
                        name: "FK_GroupMembers_AccessGroups_GroupId",
                        column: x => x.GroupId,
                        principalTable: "AccessGroups",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_GroupMembers_Accounts_AccountId",
                        column: x => x.AccountId,
                        principalTable: "Accounts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ExhibitRooms",
                columns: table => new
                {
                    ExhibitId = table.Column<long>(type: "INTEGER", nullable: false),
                    RoomId = table.Column<string>(type: "TEXT", maxLength: 64, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ExhibitRooms", x => new { x.ExhibitId, x.RoomId });
                    table.ForeignKey(
                        name: "FK_ExhibitRooms_Exhibits_ExhibitId",
                        column: x => x.ExhibitId,
                        principalTable: "Exhibits",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_ExhibitRooms_ReadingRooms_RoomId",
                        column: x => x.RoomId,
                        principalTable: "ReadingRooms",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_ExhibitGroups_GroupId",
                table: "ExhibitGroups",
                column: "GroupId");

            migrationBuilder.CreateIndex(
                name: "IX_ExhibitRooms_RoomId",
                table: "ExhibitRooms",
                column: "RoomId");

            migrationBuilder.CreateIndex(
                name: "IX_GroupMembers_AccountId",
                table: "GroupMembers",
                column: "AccountId");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ExhibitGroups");

            migrationBuilder.DropTable(
                name: "ExhibitRooms");

            migrationBuilder.DropTable(
                name: "GroupMembers");

            migrationBuilder.DropTable(
                name: "ReadingRooms");

            migrationBuilder.DropTable(
                name: "AccessGroups");

            migrationBuilder.DropColumn(
                name: "StartedBy",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "StartedIn",
                table: "Sessions");

            migrationBuilder.DropColumn(
                name: "EmbargoUntil",
                table: "Exhibits");

            migrationBuilder.DropColumn(
                name: "RoomRule",
                table: "Exhibits");
        }
    }
}
