#pragma once

#include "modules/directory/posts.hpp"
#include "modules/recognition/views.hpp"
#include "modules/visits/book.hpp"

// Put together from the ledger and from the modules that keep the rest; nothing of it is stored.
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

struct GrowthBook {
    directory::PersonBrief student;
    std::vector<StayInBook> stays;
    std::vector<ChapterOfBook> chapters; // those with lines
    std::vector<visits::VisitInBook> visits;
    std::vector<recognition::CertificateView> certificates;
};
BOOST_DESCRIBE_STRUCT(GrowthBook, (), (student, stays, chapters, visits, certificates))

// Without asking for reach.
GrowthBook book_of(Call&, PersonId student);
Words words_of(Chapter);
// The book as a PDF.
Download printed(Call&, GrowthBook const&);

} // namespace concentric::growth
