#include "app/demo/content.h"

namespace plimsoll::app::demo {
namespace {

/// Shares of users, and so of traffic: enterprise 38%, smb 24%, edu 14%, gov 9%, free 15%.
constexpr Customer shops[] = {
    {"c01", "Ostwind Sportartikel", "enterprise", "eu-west", 22},
    {"c02", "Lumen & Hage", "enterprise", "eu-central", 19},
    {"c03", "Fjordhus Interior", "enterprise", "eu-south", 18},
    {"c04", "Maison Carrel", "enterprise", "eu-west", 17},
    {"c05", "Brightwater Outdoors", "enterprise", "eu-central", 17},
    {"c06", "Tessel Books", "enterprise", "eu-south", 16},
    {"c07", "Orchard Lane Foods", "enterprise", "eu-west", 15},
    {"c08", "Kobalt Werkzeug", "enterprise", "eu-central", 14},
    {"c09", "Calle Nueve Moda", "enterprise", "eu-south", 14},
    {"c10", "Pottery by Ines", "smb", "eu-west", 7},
    {"c11", "Two Owls Paper", "smb", "eu-central", 6},
    {"c12", "Rad und Riemen", "smb", "eu-south", 6},
    {"c13", "Casa Verde Semillas", "smb", "eu-west", 5},
    {"c14", "Hilltop Honey", "smb", "eu-central", 5},
    {"c15", "Nadel & Faden", "smb", "eu-south", 5},
    {"c16", "The Tin Lantern", "smb", "eu-west", 5},
    {"c17", "Bluebird Bikes", "smb", "eu-central", 5},
    {"c18", "Sole Mio Sandals", "smb", "eu-south", 4},
    {"c19", "Klangholz Gitarren", "smb", "eu-west", 4},
    {"c20", "Mosaico Azul", "smb", "eu-central", 4},
    {"c21", "Pebble Toys", "smb", "eu-south", 4},
    {"c22", "Northern Knits", "smb", "eu-west", 4},
    {"c23", "Teekontor Berg", "smb", "eu-central", 4},
    {"c24", "Copper Kettle Tea", "smb", "eu-south", 4},
    {"c25", "Laguna Surf", "smb", "eu-west", 4},
    {"c26", "Little Atlas Maps", "smb", "eu-central", 4},
    {"c27", "Farol Velas", "smb", "eu-south", 4},
    {"c28", "Wren & Thistle", "smb", "eu-west", 3},
    {"c29", "Papierhimmel", "smb", "eu-central", 3},
    {"c30", "Harvest Moon Soap", "smb", "eu-south", 3},
    {"c31", "Tinta Libre", "smb", "eu-west", 3},
    {"c32", "Riverbend College Store", "edu", "eu-central", 11},
    {"c33", "Uni-Laden Nord", "edu", "eu-south", 9},
    {"c34", "Escuela Taller Sur", "edu", "eu-west", 9},
    {"c35", "Academy Print Room", "edu", "eu-central", 8},
    {"c36", "Museumsshop am Wall", "edu", "eu-south", 7},
    {"c37", "Campus Makers Lab", "edu", "eu-west", 6},
    {"c38", "Hochschule Versandstelle", "edu", "eu-central", 6},
    {"c39", "City Archive Mailroom", "gov", "eu-south", 9},
    {"c40", "Amt für Vermessung", "gov", "eu-west", 8},
    {"c41", "Regional Library Service", "gov", "eu-central", 7},
    {"c42", "Consulado Postal", "gov", "eu-south", 6},
    {"c43", "County Records Office", "gov", "eu-west", 6},
    {"c44", "ana's beads", "free", "eu-central", 5},
    {"c45", "m. okafor prints", "free", "eu-south", 5},
    {"c46", "vinyl corner", "free", "eu-west", 4},
    {"c47", "zine shelf", "free", "eu-central", 4},
    {"c48", "studio kuhn", "free", "eu-south", 4},
    {"c49", "garden swaps", "free", "eu-west", 4},
    {"c50", "retro carts", "free", "eu-central", 4},
    {"c51", "taller pequeño", "free", "eu-south", 4},
    {"c52", "the bookbinder", "free", "eu-west", 4},
    {"c53", "wool & weather", "free", "eu-central", 3},
    {"c54", "lens cap repairs", "free", "eu-south", 3},
    {"c55", "moss terrariums", "free", "eu-west", 3},
    {"c56", "chess by hand", "free", "eu-central", 3},
    {"c57", "second spoon", "free", "eu-south", 3},
    {"c58", "paper boats", "free", "eu-west", 3},
    {"c59", "kite maker", "free", "eu-central", 2},
    {"c60", "dried flowers", "free", "eu-south", 2},
};

}  // namespace

std::span<const Customer> customers() {
    return shops;
}

}  // namespace plimsoll::app::demo
