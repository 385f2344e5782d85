#pragma once

#include "modules/directory/posts.hpp"
#include "modules/recognition/views.hpp"
#include "modules/visits/book.hpp"

// Put together from the ledger and from the modules that keep the rest; stored is only what a pupil brought from elsewhere.
namespace concentric::growth {

struct StayInBook {
    std::string school, class_;
    Day from;
    std::optional<Day> to;
};
BOOST_DESCRIBE_STRUCT(StayInBook, (), (school, class_, from, to))

enum class Chapter { activities, service, lessons, honours };
BOOST_DESCRIBE_ENUM(Chapter, activities, service, lessons, honours)

struct LineInBook {
    Instant happened_at;
    std::string what; // the kind of entry, in words
    std::string where; // class, school or community
    std::int64_t minutes = 0, count = 1;
};
BOOST_DESCRIBE_STRUCT(LineInBook, (), (happened_at, what, where, minutes, count))

struct ChapterOfBook {
    Chapter chapter = Chapter::activities;
    std::int64_t count = 0, minutes = 0;
    std::vector<LineInBook> lines; // the oldest first
};
BOOST_DESCRIBE_STRUCT(ChapterOfBook, (), (chapter, count, minutes, lines))

struct CertificateInBook {
    Instant issued_at;
    std::string title, issuer, number;
};
BOOST_DESCRIBE_STRUCT(CertificateInBook, (), (issued_at, title, issuer, number))

// The pages that one installation wrote.
struct BookPart {
    std::string county_name;
    Instant made_at;
    std::vector<StayInBook> stays;
    std::vector<ChapterOfBook> chapters;
    std::vector<visits::VisitInBook> visits;
    std::vector<CertificateInBook> certificates;
};
BOOST_DESCRIBE_STRUCT(BookPart, (), (county_name, made_at, stays, chapters, visits, certificates))

using GrowthPartId = Id<struct GrowthPartTag>;
struct EarlierPart : BookPart {
    GrowthPartId part; // of what was taken in at one time
    std::string key_mark; // of the installation that signed it
    Instant taken_at;
    std::string taken_by;
};
BOOST_DESCRIBE_STRUCT(EarlierPart, (BookPart), (part, key_mark, taken_at, taken_by))

struct GrowthBook {
    directory::PersonBrief student;
    std::vector<StayInBook> stays;
    std::vector<ChapterOfBook> chapters; // those with lines
    std::vector<visits::VisitInBook> visits;
    std::vector<CertificateInBook> certificates;
    std::vector<EarlierPart> earlier; // brought from other installations
};
BOOST_DESCRIBE_STRUCT(GrowthBook, (), (student, stays, chapters, visits, certificates, earlier))

// Without asking for reach.
GrowthBook book_of(Call&, PersonId student);
Words words_of(Chapter);
// The book as a PDF.
Download printed(Call&, GrowthBook const&);

} // namespace concentric::growth
