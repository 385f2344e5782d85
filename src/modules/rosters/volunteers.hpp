#pragma once

#include "modules/rosters/certificate.hpp"

// The volunteers of a school as it sees them: hours, records, what it adds to them, and what it answers to requests.
namespace concentric::rosters {

struct VolunteerLine {
    directory::PersonBrief person;
    std::int64_t services = 0, minutes = 0;
    Instant last_at;
};
BOOST_DESCRIBE_STRUCT(VolunteerLine, (), (person, services, minutes, last_at))

struct ListVolunteers {
    std::optional<Day> from, to; // of the services, both included; everything when they are left out
    std::optional<Text<0, 60>> search; // part of the name, or its pinyin
    std::optional<PersonId> after;
    std::optional<Limit> limit; // 50 when it is left out
};
BOOST_DESCRIBE_STRUCT(ListVolunteers, (), (from, to, search, after, limit))

struct OneVolunteer {
    PersonId id;
};
BOOST_DESCRIBE_STRUCT(OneVolunteer, (), (id))

struct AskVolunteerCertificate {
    PersonId id;
    std::optional<PaperLanguage> language; // the viewer's when it is left out
};
BOOST_DESCRIBE_STRUCT(AskVolunteerCertificate, (), (id, language))

struct ExportVolunteers {
    Day from, to; // of the services, both included; a year at most
    Text<2, 200> purpose; // numbers are in clear: part of the audit line
};
BOOST_DESCRIBE_STRUCT(ExportVolunteers, (), (from, to, purpose))
void check(ExportVolunteers const&, Problems&);

struct AddNote {
    PersonId person;
    NoteKind kind = NoteKind::training;
    Day day;
    Text<2, 300> words;
    std::optional<Within<0, 6000>> minutes; // of a training
};
BOOST_DESCRIBE_STRUCT(AddNote, (), (person, kind, day, words, minutes))

struct OneNote {
    NoteId id;
};
BOOST_DESCRIBE_STRUCT(OneNote, (), (id))

struct ListCorrections {
    std::optional<bool> open; // only those that wait
};
BOOST_DESCRIBE_STRUCT(ListCorrections, (), (open))
struct Corrections {
    std::vector<CorrectionView> items; // the newest 200 first
};
BOOST_DESCRIBE_STRUCT(Corrections, (), (items))

struct AnswerCorrection {
    CorrectionId id;
    bool is_corrected = false; // otherwise the record stays as it is
    Text<2, 500> answer;
};
BOOST_DESCRIBE_STRUCT(AnswerCorrection, (), (id, is_corrected, answer))

// Who volunteered within reach, by the ledger.
Page<VolunteerLine> list_volunteers(Call&, ListVolunteers const&);
// What was recorded within reach. 404 for whoever neither served there nor is on a roster there.
VolunteerRecord show_volunteer(Call&, OneVolunteer const&);
Download volunteer_certificate(Call&, AskVolunteerCertificate const&);
// A row for each service, as the national system takes them.
Download volunteers_sheet(Call&, ExportVolunteers const&);
VolunteerRecord add_note(Call&, AddNote const&);
Nothing remove_note(Call&, OneNote const&);
Corrections list_corrections(Call&, ListCorrections const&);
Corrections answer_correction(Call&, AnswerCorrection const&);

} // namespace concentric::rosters
