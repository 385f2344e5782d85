#pragma once

#include "core/jobs.hpp"
#include "core/route.hpp"
#include "modules/imports/preview.hpp"
#include "modules/imports/source.hpp"

#include <memory>

// Brings in files that schools have anyway: read, recognised, matched, shown row by row, applied whole, and undone where it was a
// mistake.
//
// This part knows files, headings, previews and the order of steps. What the rows mean is known by an importer, one for each kind
// of import, which stands in the module that owns the data:
//   1. It names the kinds of sheet and their fields with the headings that people use for them (SheetKind).
//   2. match() compares the rows with the database, adds a Finding for every row to the preview, and gives a Proposal: what
//   applying would do.
//   3. Proposal::apply() does it, in the transaction that the caller has opened; the same transaction matched just before, so that
//   nothing
//      that changed since the preview is overwritten unseen.
//   4. undo() takes back what an import did and reports what has to stay.
// match() must not write; apply() marks what it adds with the import's id and notes what it changes with ChangeLog.
namespace concentric::imports {

class Proposal {
public:
    virtual ~Proposal() = default;
    virtual void apply(Call&, Source const&, Progress&) = 0;
};

// What an undone import leaves behind, and why.
struct Kept {
    std::string title;
    std::string zh, en; // the reason
};
BOOST_DESCRIBE_STRUCT(Kept, (), (title, zh, en))

struct Undone {
    std::int64_t removed = 0, restored = 0;
    std::vector<Kept> kept;
};
BOOST_DESCRIBE_STRUCT(Undone, (), (removed, restored, kept))

struct Importer {
    std::string kind; // "roster"
    Words name;
    Permission permission;
    std::vector<SheetKind> sheets;
    std::unique_ptr<Proposal> (*match)(Call&, Source const&, Preview&, Progress&);
    Undone (*undo)(Call&, ImportId, Progress&);
    // Reads formats of its own besides spreadsheets and CSV, into sheets of the same kinds. Throws lib::SheetError.
    Workbook (*read)(std::string_view bytes, Day today) = nullptr;
};

// At start, before anything is served; a later one of the same kind takes the place of the earlier.
void add_importer(Importer importer);
// 404 for a kind that nobody has added.
Importer const& importer_of(std::string_view kind);

// Begins an import of the call's body in the call's transaction, for a route of the module that owns the data. Reach is the
// caller's to check; 403 without the importer's permission.
ImportId begin_import(Call&, std::string_view kind, std::string const& file_name, OrganisationId);

// At start: the jobs that do the work.
void handle_jobs(Jobs& jobs);
Routes routes();

// For a new key.
std::vector<SealedColumn> sealed_columns();

// Notes what an import changes in rows that were there before, so that it can be undone. `place` is the importer's own word for the
// table.
class ChangeLog {
public:
    explicit ChangeLog(ImportId import) : import_(import) { }
    template <class T> void add(std::string_view place, std::int64_t subject, T const& before, T const& after)
    {
        lines_.push_back({0, import_, static_cast<std::int64_t>(lines_.size() + 1), std::string(place), subject, to_json(before),
            to_json(after)});
    }
    void store(Call& call);

    struct Line {
        std::int64_t county = 0;
        ImportId import;
        std::int64_t number = 0;
        std::string place;
        std::int64_t subject = 0;
        SealedText before, after;
    };
    // What the import noted, the last change first.
    static std::vector<Line> read(Call& call, ImportId import, std::string_view place);
    static void remove(Call& call, ImportId import);

private:
    ImportId import_;
    std::vector<Line> lines_;
};
BOOST_DESCRIBE_STRUCT(ChangeLog::Line, (), (county, import, number, place, subject, before, after))

// Where an import works; asked of whoever keeps organisations and people, who fills in what they know. Organisation 0 is the
// highest one that the viewer's post reaches.
struct Place {
    OrganisationId id;
    std::string kind, name, path;
};
struct PlacesFound {
    std::unordered_map<std::int64_t, Place> organisations; // by the id that was asked
    std::unordered_map<std::int64_t, std::string> people; // names
};
struct PlacesAsked {
    std::vector<std::int64_t> organisations, people;
    PlacesFound* found;
};

} // namespace concentric::imports
