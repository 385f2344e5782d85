#pragma once

#include "modules/growth/sealed_book.hpp"

// A growth book that goes along to a school of another installation: a guardian takes it, the new school looks at it, takes it in
// for one of its pupils, and may undo that.
namespace concentric::growth {

struct PartRow {
    std::int64_t county = 0;
    GrowthPartId id;
    PersonId student;
    std::string digest, key_mark;
    Instant made_at, taken_at;
    PersonId taken_by;
    SealedText book; // BookParts
};
BOOST_DESCRIBE_STRUCT(PartRow, (), (county, id, student, digest, key_mark, made_at, taken_at, taken_by, book))

struct TakeAlong {
    PersonId id;
    bool agrees = false; // that whoever gets file and passphrase reads the book
};
BOOST_DESCRIBE_STRUCT(TakeAlong, (), (id, agrees))
void check(TakeAlong const&, Problems&);
struct TakenAlong {
    std::string name; // for the file
    std::string file;
    std::string passphrase; // told once
    std::string key_mark; // of this installation, for the new school to compare
};
BOOST_DESCRIBE_STRUCT(TakenAlong, (), (name, file, passphrase, key_mark))

struct OpenBook {
    PersonId id;
    Text<1, 900'000> file;
    Text<1, 100> passphrase;
};
BOOST_DESCRIBE_STRUCT(OpenBook, (), (id, file, passphrase))
struct BroughtBook {
    BookManifest manifest;
    std::string key_mark;
    directory::PersonBrief student; // here
    bool is_same_name = false;
    bool is_there_already = false;
    std::int64_t lines = 0, visits = 0, certificates = 0;
    std::vector<StayInBook> stays;
};
BOOST_DESCRIBE_STRUCT(
    BroughtBook, (), (manifest, key_mark, student, is_same_name, is_there_already, lines, visits, certificates, stays))

struct TakeIn : OpenBook {
    std::optional<bool> is_sure; // that it is this pupil's, though its name is another
};
BOOST_DESCRIBE_STRUCT(TakeIn, (OpenBook), (is_sure))
struct OnePart {
    PersonId id;
    GrowthPartId part;
};
BOOST_DESCRIBE_STRUCT(OnePart, (), (id, part))

// By a guardian alone: handing it over is the consent.
TakenAlong take_along(Call&, TakeAlong const&);
// Nothing is kept.
BroughtBook preview(Call&, OpenBook const&);
// 409 where it is in already, or bears another name and nobody said that this is right.
GrowthBook take_in(Call&, TakeIn const&);
GrowthBook take_out(Call&, OnePart const&);

} // namespace concentric::growth
