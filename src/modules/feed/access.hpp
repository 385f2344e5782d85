#pragma once

#include "modules/directory/lookup.hpp"
#include "modules/feed/tables.hpp"

// Who sees a class's moments, who posts them and who keeps order.
namespace concentric::feed {

// The consent that pictures of a child need: what the county asks guardians under this key.
inline constexpr std::string_view portrait_consent = "class-feed";

// Somebody who looks at moments: as a teacher through the post they act in, as a family through their children, or both.
class Reader {
public:
    explicit Reader(Call& call);

    // A teacher of the school: reads and posts. The path is the class's. Posts above a school see nothing: what a class shows its
    // families is no business of an office's.
    bool teaches(std::string_view path) const;
    // Class teachers, and whoever stands above them in the school: hide, take down, close comments.
    bool moderates(std::string_view path) const;
    // The school's leaders, who look into what was reported.
    bool answers_reports(std::string_view path) const;
    // Own children and those entrusted, also such as have left school; looked up once.
    std::vector<std::int64_t> const& children();
    PersonId person() const { return call_.viewer.person; }

private:
    Call& call_;
    bool is_of_school_ = false;
    std::optional<std::vector<std::int64_t>> children_;
};

// A moment as somebody stands to it.
struct SeenMoment : MomentRow {
    directory::OrganisationRef of; // the class
    std::vector<std::int64_t> children; // the viewer's, by whom they see it
    bool teaches = false, moderates = false, answers_reports = false, is_own = false;

    bool may_be_kept() const { return moderates || (teaches && is_own); } // in order, by this viewer
};

// 404 for whoever it is not there for. One that was taken down is there for its author, moderators and the school's leaders.
SeenMoment seen_moment(Call&, MomentId);
// The same, held for a change: 404 unless the viewer wrote it and still teaches the class, or moderates it.
SeenMoment kept_moment(Call&, MomentId);
// A class that the viewer teaches; 404 else.
directory::OrganisationRef taught_class(Call&, OrganisationId);

// The carers who may see today what concerns these children, each once.
std::vector<std::int64_t> families_of(Call&, std::span<std::int64_t const> children);
// Whoever sees the moment: those families, and its author.
std::vector<std::int64_t> people_of(Call&, MomentRow const&);
// Tells all of them that there is something new to read.
void announce(Call&, MomentRow const&);

} // namespace concentric::feed
