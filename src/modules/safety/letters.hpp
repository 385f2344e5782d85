#pragma once

#include "modules/notices/views.hpp"
#include "modules/safety/tables.hpp"

// What families are told of a real alarm or a drill, as a notice whose title and first line say which of the two it is. One of a
// real alarm is urgent: it goes out at any hour, and a second person approves it first.
namespace concentric::safety {

struct LetterContent {
    Text<2, 500> words; // what happened, where the children are, what families do
};
BOOST_DESCRIBE_STRUCT(LetterContent, (), (words))

struct LetterView {
    notices::NoticeId notice;
    bool is_over = false; // tells that it is over
    std::string title;
    notices::NoticeState state = notices::NoticeState::waiting;
    Instant written_at;
};
BOOST_DESCRIBE_STRUCT(LetterView, (), (notice, is_over, title, state, written_at))

// A drill or an alarm, and whether it is over.
struct LetterAbout {
    std::int64_t occasion = 0;
    OrganisationId school;
    bool is_over = false;
    bool is_urgent = false;
};

std::vector<LetterView> letters_of(Call&, std::int64_t occasion);
// To all carers of the school. Again: what was written first stays, unless it was refused or taken back.
void write_letter(Call&, LetterAbout const&, std::string const& title, std::string const& body);

std::string real_title(Words const& what, bool is_over);
std::string real_body(std::string const& words);
std::string drill_title(Words const& what, bool is_over);
std::string drill_body(std::string const& words);

} // namespace concentric::safety
