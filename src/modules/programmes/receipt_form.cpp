#include "modules/programmes/receipt_form.hpp"

#include "lib/pinyin.hpp"
#include "modules/directory/directory.hpp"
#include "modules/directory/history_lookup.hpp"
#include "modules/directory/members.hpp"
#include "modules/directory/roster_cells.hpp"
#include "modules/imports/store.hpp"
#include "modules/programmes/enrolments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace concentric::programmes {
namespace {

using directory::RowReader;
using imports::Action;
using imports::Finding;

enum Column : std::size_t { class_title, name, phone, identity, organisation, track, remarks };

imports::SheetKind receipt_sheet()
{
    Words const digits_hint{"请用文本格式，避免末几位变成 0。", "Keep the column as text, or the last digits are lost."};
    return {"training", {"报名回执表", "Receipt form"},
        {
            {"class", {"培训班", "Training class"}, false, {"培训项目", "班次", "培训班名称", "项目名称"},
                {"只有一个班在报名时可不填。", "May stay empty while only one class is open."}, {"家校社协同育人专题培训班"}},
            {"name", {"姓名", "Name"}, true, {"学员姓名", "参训人员", "参训人员姓名", "报名人员"}, {}, {"王芳"}},
            {"phone", {"手机号", "Phone"}, false, {"联系电话", "手机", "联系方式", "手机号码", "电话"}, digits_hint,
                {"13800000001"}},
            {"identity", {"身份证件号", "Identity number"}, false, {"身份证号", "身份证号码", "证件号码"}, digits_hint, {}},
            {"organisation", {"单位", "Organisation"}, false, {"工作单位", "单位名称", "所在单位", "学校"}, {}, {"江湾小学"}},
            {"track", {"选修方向", "Track"}, false, {"选修", "选修课程", "选修类别", "参训类别"},
                {"领导干部 或 教师。", "leaders or teachers."}, {"教师"}},
            {"remarks", {"职务", "Position"}, false, {"职务/职称", "职务职称", "岗位"}, {}, {"班主任"}},
        }};
}

std::vector<OwnedClass> open_classes(Call& call, std::string const& path)
{
    static std::string const sql
        = "SELECT c.*, o.name AS owner_name, o.kind AS owner_kind, o.path AS owner_path FROM training_classes c "
        + directory::joined_organisation("o", "c.county", "c.owner")
        + " WHERE c.county = $1 AND c.state = 'open' AND ((o.path >= $2 AND o.path < $3) OR c.owner ANY_OF($4)) ORDER BY c.id";
    auto const above = directory::ids_in(path);
    return call.db.rows<OwnedClass>(sql, call.county, path, directory::path_end(path), db::IntegerList{above});
}

Track track_of(RowReader& row)
{
    auto const text = row.text(track);
    if (text.empty())
        return Track::everyone;
    if (text.find("教师") != std::string::npos || text.find("选修2") != std::string::npos || text == "teachers")
        return Track::teachers;
    if (text.find("领导") != std::string::npos || text.find("干部") != std::string::npos || text.find("选修1") != std::string::npos
        || text == "leaders")
        return Track::leaders;
    row.warn(track, "unknown_track",
        {"看不懂选修方向，按不分方向报名；请写 领导干部 或 教师。", "This is no track, taken as none; write leaders or teachers."});
    return Track::everyone;
}

// A person that a row may mean, by what it says of them.
directory::Fit person_of(directory::Stays const& staff, RowReader& row, std::string const& path, Day today)
{
    auto const identity_number = row.text(identity), number = row.text(phone), called = row.text(name);
    if (!identity_number.empty())
        if (auto const fit = staff.with_identity(identity_number); fit.count > 0)
            return fit;
    if (!number.empty())
        if (auto const fit = staff.with_phone(number, called); fit.count > 0)
            return fit;
    return staff.named(called, path, today);
}

class ReceiptForm : public imports::Proposal {
public:
    ReceiptForm(Call& call, imports::Source const& source)
        : call_(call), path_(source.path), staff_(directory::staff_below(call.db, call.county, source.path)),
          classes_(open_classes(call, source.path))
    {
    }

    void match(imports::Table const& table, imports::Preview& preview)
    {
        std::vector<Finding> findings(table.size());
        std::vector<Wanted> wanted;
        for (std::size_t at = 0; at < table.size(); ++at)
            read(table, at, findings[at], wanted);
        let_in(table, findings, wanted);
        for (std::size_t at = 0; at < table.size(); ++at)
            preview.add(table, at, std::move(findings[at]));
    }

    void apply(Call& call, imports::Source const& source, Progress&) override
    {
        for (auto const& [class_, admission] : admissions_)
            enrol(call, *class_, admission.members(), source.import);
    }

private:
    struct Wanted {
        std::size_t row;
        OwnedClass const* class_;
        PersonId person;
        Track track;
    };

    void read(imports::Table const& table, std::size_t at, Finding& finding, std::vector<Wanted>& wanted)
    {
        RowReader row(table, at, finding);
        finding.title = row.name(name);
        auto const* const class_ = class_of(row);
        auto const fit = person_of(staff_, row, path_in(row), call_.today());
        if (fit.count == 0)
            row.fault(name, "unknown_person",
                {"本单位没有这位教职工，请先在机构与人员中登记。",
                    "No such member of staff here; add the person to the directory first."});
        else if (!fit)
            row.fault(name, "ambiguous_person",
                {"有多位同名人员，请填写手机号或身份证件号。", "Several people are called so; give the phone or identity number."});
        auto const chosen = track_of(row);
        if (class_ && fit) {
            finding.detail = {class_->title, class_->title};
            wanted.push_back({at, class_, fit.id, chosen});
        }
    }

    // Where the person works, so that two of one name are told apart; the import's own organisation where nothing is said.
    std::string path_in(RowReader& row)
    {
        auto const written = row.text(organisation);
        if (written.empty())
            return path_;
        auto const [known, is_new] = paths_.try_emplace(written);
        if (is_new)
            if (auto const found = directory::organisation_called(call_.db, call_.county, written);
                found && found->path.starts_with(path_))
                known->second = found->path;
        if (!known->second.empty())
            return known->second;
        row.warn(organisation, "unknown_organisation",
            {"本次导入的机构中没有这个单位，只按其他各栏查找。",
                "The import's organisation has none of that name; the other columns alone were used."});
        return path_;
    }

    OwnedClass const* class_of(RowReader& row)
    {
        auto const title = row.text(class_title);
        if (title.empty() && classes_.size() == 1)
            return &classes_.front();
        auto const folded = lib::search_fold(title);
        std::vector<OwnedClass const*> found;
        for (auto const& class_ : classes_)
            if (!title.empty() && lib::search_fold(class_.title) == folded)
                found.push_back(&class_);
        if (found.size() == 1)
            return found.front();
        row.fault(class_title, title.empty() ? "missing" : "unknown_class",
            title.empty() ? Words{"请填写培训班名称：正在报名的班不止一个，或一个也没有。",
                "Name the training class: several are open, or none."}
                          : Words{"没有正在报名的这个培训班，或有同名的班。", "No class of that name is open, or several are."});
        return nullptr;
    }

    void let_in(imports::Table const& table, std::vector<Finding>& findings, std::vector<Wanted> const& wanted)
    {
        std::map<OwnedClass const*, std::vector<std::int64_t>> people;
        for (auto const& one : wanted)
            people[one.class_].push_back(one.person.value);
        for (auto const& [class_, ids] : people)
            admissions_.try_emplace(class_, call_, *class_, ids);
        for (auto const& one : wanted) {
            auto& finding = findings[one.row];
            if (finding.is_faulty())
                continue;
            auto const obstacle = admissions_.at(one.class_).let_in(one.person, one.track);
            if (!obstacle)
                finding.action = Action::add;
            else if (*obstacle != Obstacle::is_member)
                RowReader(table, one.row, finding).fault(name, std::string(name_of(*obstacle)), words_of(*obstacle));
        }
    }

    Call& call_;
    std::string const path_;
    directory::Stays const staff_;
    std::vector<OwnedClass> const classes_;
    std::map<OwnedClass const*, Admission> admissions_;
    std::map<std::string, std::string> paths_; // by what is written of an organisation; empty: none
};

std::unique_ptr<imports::Proposal> match(Call& call, imports::Source const& source, imports::Preview& preview, Progress&)
{
    auto proposal = std::make_unique<ReceiptForm>(call, source);
    for (auto const& table : source.tables)
        proposal->match(table, preview);
    return proposal;
}

imports::Undone undo(Call& call, ImportId import, Progress&)
{
    auto const reason = "撤销导入 " + imports::reached(call, import).file_name;
    imports::Undone undone;
    for (auto const& member : call.db.rows<MemberRow>(
             "SELECT * FROM training_members WHERE county = $1 AND import = $2 AND state = 'enrolled'", call.county, import)) {
        auto const class_ = class_with(call, member.class_).value();
        try {
            withdraw(call, class_, member, reason);
            ++undone.removed;
        } catch (ApiError const& error) {
            undone.kept.push_back({directory::person_name(call, member.person).value_or(""), error.words.zh, error.words.en});
        }
    }
    return undone;
}

} // namespace

imports::Importer receipt_form_importer()
{
    return {"training", {"报名回执表", "Receipt form"}, Permission::manage_courses, {receipt_sheet()}, match, undo};
}

} // namespace concentric::programmes
