#pragma once

#include "modules/directory/posts.hpp"
#include "modules/visits/access.hpp"

// What a phone wrote off line while a campaign was open and handed in when it was closed: nothing of it is lost, and the campaign's
// leaders see what changed since they closed it.
namespace concentric::visits {

struct CorrectionView {
    VisitId visit;
    VisitEditId edit;
    directory::PersonBrief student;
    directory::PersonBrief class_; // id and name of the class
    directory::PersonBrief by;
    Instant written_at, arrived_at;
    std::vector<std::string> fields; // what was changed, by the record's names
    std::int64_t minutes_before = 0, minutes_after = 0; // 0: not recorded
    bool is_entered_anew = false; // the ledger's entry was taken back or made
    std::optional<Instant> read_at; // by a leader
};
BOOST_DESCRIBE_STRUCT(CorrectionView, (),
    (visit, edit, student, class_, by, written_at, arrived_at, fields, minutes_before, minutes_after, is_entered_anew, read_at))
struct CorrectionList {
    std::vector<CorrectionView> items; // the latest first
};
BOOST_DESCRIBE_STRUCT(CorrectionList, (), (items))

// 409 for what was written after the closing, or comes more than a month later.
void require_written_before_closing(Call const&, CampaignRow const&, Instant written_at);
// Notes it and tells the leaders; `before` is the visit as it stood.
void note_correction(Call&, CampaignRow const&, VisitRow const& before, OwnedVisit const& after, CorrectionRow row);

// For whoever leads the campaign's school.
CorrectionList list_corrections(Call&, struct OneCampaign const&);
CorrectionList read_corrections(Call&, struct OneCampaign const&);

} // namespace concentric::visits
