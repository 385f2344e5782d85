#pragma once

#include "modules/rosters/views.hpp"

// That somebody was there: by the code that the duty leader shows or the paper at the post, coming and going; or by hand, and then
// only with a second person's signature. What is done is an entry of the ledger.
namespace concentric::rosters {

struct DutyCode {
    std::string code;
    Instant changes_at; // when the next one is shown; this one is taken for a minute more
};
BOOST_DESCRIBE_STRUCT(DutyCode, (), (code, changes_at))

// Eight digits that stay; whoever prints them again with `renewed` makes the old paper worthless.
struct PostPoster {
    std::string code;
    std::string post_name, place, roster_title;
};
BOOST_DESCRIBE_STRUCT(PostPoster, (), (code, post_name, place, roster_title))

struct ScanShift {
    ShiftId id;
    Text<6, 8> code; // six digits from the leader, eight from the paper
    std::optional<Instant> code_read_at; // now when it is left out; earlier where the phone was off line
};
BOOST_DESCRIBE_STRUCT(ScanShift, (), (id, code, code_read_at))

struct EnterHours {
    ShiftId id;
    Within<1, 720> minutes;
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(EnterHours, (), (id, minutes, reason))

struct SignHours {
    ShiftId id;
    bool agrees = true;
    std::optional<Text<0, 200>> reason; // of whoever does not
};
BOOST_DESCRIBE_STRUCT(SignHours, (), (id, agrees, reason))

struct CorrectHours {
    ShiftId id;
    Within<0, 720> minutes; // 0: nobody served
    Text<2, 200> reason;
};
BOOST_DESCRIBE_STRUCT(CorrectHours, (), (id, minutes, reason))

struct OneShift {
    ShiftId id;
};
BOOST_DESCRIBE_STRUCT(OneShift, (), (id))

// For who manages or leads; from half an hour before the first turn of today at the post until half an hour after the last.
DutyCode show_duty_code(Call&, OnePost const&);
// For who manages the roster.
PostPoster show_poster(Call&, OnePost const&);
PostPoster renew_poster(Call&, OnePost const&);

// Both for codes read from half an hour before the turn until half an hour after it, handed in within seven days. 422 for a wrong
// or an old code, 429 after several. The first reading of each stays, whichever phone hands in first; again changes nothing.
ShiftView arrive(Call&, ScanShift const&);
// Counts what lies between arrival and now, as far as the turn lasts.
ShiftView leave(Call&, ScanShift const&);
// The same for whoever has looked at the code already.
ShiftView arrive_by(Call&, ShiftId, Source, Instant at);
ShiftView leave_by(Call&, ShiftId, Source, Instant at);

// By whoever served, or vouches for it. Waits for another person's signature.
ShiftView enter_hours(Call&, EnterHours const&);
// 403 for whoever entered them or served. Who does not agree sends them back.
ShiftView sign_hours(Call&, SignHours const&);
// Takes the entry back; other hours wait for a signature again.
ShiftView correct_hours(Call&, CorrectHours const&);

} // namespace concentric::rosters
