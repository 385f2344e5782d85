#pragma once

#include "modules/directory/posts.hpp"
#include "modules/rosters/access.hpp"

// The volunteer record (志愿服务记录): what the ledger says somebody did as a volunteer, with trainings, awards and evaluations
// beside it; one's own view, and requests to correct it. Source: 志愿服务记录与证明出具办法(试行).
namespace concentric::rosters {

struct ServiceLine {
    EntryId entry;
    std::string name; // of the service
    Day day;
    std::string place, content, organisation, recorded_by;
    std::int64_t minutes = 0;
    bool is_by_hand = false;
};
BOOST_DESCRIBE_STRUCT(ServiceLine, (), (entry, name, day, place, content, organisation, recorded_by, minutes, is_by_hand))

struct NoteView {
    NoteId id;
    NoteKind kind = NoteKind::training;
    Day day;
    std::string words, organisation, noted_by;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(NoteView, (), (id, kind, day, words, organisation, noted_by, minutes))

struct CorrectionView {
    CorrectionId id;
    directory::PersonBrief person, organisation; // organisation: id and name of who keeps the record
    std::optional<EntryId> entry;
    std::string words;
    CorrectionState state = CorrectionState::open;
    Day due;
    bool is_overdue = false;
    std::string answer;
    Instant asked_at;
};
BOOST_DESCRIBE_STRUCT(CorrectionView, (), (id, person, organisation, entry, words, state, due, is_overdue, answer, asked_at))

struct VolunteerRecord {
    directory::PersonBrief person;
    std::string phone; // masked
    std::int64_t minutes = 0, services = 0; // all of them
    std::vector<ServiceLine> lines; // the newest first, at most 500
    std::vector<NoteView> notes;
    std::vector<CorrectionView> corrections;
};
BOOST_DESCRIBE_STRUCT(VolunteerRecord, (), (person, phone, minutes, services, lines, notes, corrections))

struct AskCorrection {
    std::optional<EntryId> entry; // of a line of one's own; left out where a service is missing
    std::optional<OrganisationId> organisation; // then: which should have kept it
    Text<2, 500> words;
};
BOOST_DESCRIBE_STRUCT(AskCorrection, (), (entry, organisation, words))
void check(AskCorrection const&, Problems&);

VolunteerRecord show_own_record(Call&, Nothing const&);
// One open request for each line: asking again gives that one.
CorrectionView ask_correction(Call&, AskCorrection const&);

// Entries of a person in organisations below the path, the newest first.
std::vector<ServiceLine> services_of(Call&, PersonId, std::string const& path, std::string const& path_end);
VolunteerRecord record_of(Call&, PersonId, std::string const& path, std::string const& path_end);
std::vector<CorrectionView> corrections_where(Call&, std::string const& condition, PersonId, std::string const& path);
std::vector<std::string> volunteer_kinds();

} // namespace concentric::rosters
