#include "modules/directory/organisations.hpp"
#include "modules/directory/roster_match.hpp"

#include <fmt/format.h>

namespace concentric::directory {
namespace {

std::string kind_of_name(std::string_view name)
{
    static constexpr std::pair<std::string_view, std::string_view> endings[]{{"幼儿园", "kindergarten"}, {"小学", "school"},
        {"中学", "school"}, {"学校", "school"}, {"社区", "community"}, {"村", "community"}, {"街道", "subdistrict"},
        {"街道办事处", "subdistrict"}, {"镇", "subdistrict"}, {"乡", "subdistrict"}, {"班", "class"}, {"年级", "grade"},
        {"级", "grade"}, {"馆", "resource"}, {"医院", "resource"}, {"派出所", "resource"}, {"基地", "resource"}};
    for (auto const& [ending, kind] : endings)
        if (name.ends_with(ending))
            return std::string(kind);
    return {};
}

std::string stages_of_name(std::string_view name, std::string_view kind)
{
    auto const has = [&](std::string_view word) { return name.find(word) != name.npos; };
    if (kind == "kindergarten")
        return "kindergarten";
    if (kind != "school")
        return {};
    if (has("九年") || has("中小学"))
        return "primary,junior";
    if (has("小学"))
        return "primary";
    if (has("初级中学") || has("初中"))
        return "junior";
    return has("高级中学") || has("高中") ? "senior" : "";
}

std::string read_stages(RowReader& row, std::string_view unit_name, std::string_view unit_kind)
{
    auto const written = row.text(unit_field::stages);
    if (written.empty())
        return stages_of_name(unit_name, unit_kind);
    std::string list;
    for (auto const& term : directory::stages()) {
        bool found = written.find(term.words.zh) != written.npos || written.find(term.name) != written.npos;
        for (auto const also : term.also)
            found |= written.find(also) != written.npos;
        if (found)
            add_to_list(list, term.name);
    }
    if (written.find("九年一贯") != written.npos)
        list = "primary,junior";
    if (list.empty())
        row.warn(unit_field::stages, "unknown_choice", {"看不懂学段，未采用。", "The stages were not understood and not taken."});
    return list;
}

int read_number(RowReader const& row, std::size_t field)
{
    auto const written = row.text(field);
    return written.size() <= 6 ? std::atoi(written.c_str()) : 0;
}

class UnitMatch {
public:
    UnitMatch(RosterWork& work, imports::Table const& table) : work_(work), table_(table) { }

    void match(std::size_t i)
    {
        imports::Finding finding;
        RowReader row(table_, i, finding);
        finding.title = row.name(unit_field::name);
        auto const kind_name = read_kind(row);
        if (!finding.is_faulty() && kind_name)
            place(row, *kind_name);
        work_.preview.add(table_, i, std::move(finding));
    }

private:
    std::optional<std::string> read_kind(RowReader& row)
    {
        auto const written = row.text(unit_field::kind);
        auto const meant = written.empty() ? std::nullopt : name_meant(organisation_kinds(), written);
        auto found = meant ? std::string(*meant) : kind_of_name(row.text(unit_field::name));
        if (found.empty())
            row.fault(unit_field::kind, "unknown_kind",
                {"看不出机构类型，请在“类型”列填写。", "The kind of organisation cannot be told; fill it in."});
        return found.empty() ? std::nullopt : std::optional(found);
    }

    Unit* parent_of(RowReader& row)
    {
        auto const written = row.text(unit_field::parent);
        Unit* above = written.empty() ? work_.units.find({ids_in_path_end()}) : work_.units.named(written, "").unit;
        // Every school has a 2021级: the one that the file spoke of last is meant.
        if (auto const spoken_of = spoken_of_.find(written); !above && spoken_of != spoken_of_.end())
            above = work_.units.find(spoken_of->second);
        if (!above)
            row.fault(unit_field::parent, "unknown_parent",
                {"没有这个上级机构；它要先于本行出现。", "There is no such organisation above; it has to come first."});
        return above;
    }

    std::int64_t ids_in_path_end() const
    {
        auto const& path = work_.units.path();
        auto const slash = path.rfind('/', path.size() - 2);
        return std::atoll(path.c_str() + slash + 1);
    }

    UnitAnswer known(RowReader& row, std::string const& kind_name, Unit& above)
    {
        if (auto const found = work_.units.coded(row.text(unit_field::code));
            found.unit && found.unit->kind == kind_name && found.unit->is_reached)
            return found;
        auto* const school = work_.units.school_above(above);
        if (kind_name == "class" && school)
            return work_.units.class_of(*school, above.kind == "grade" ? above.name : "", row.text(unit_field::name));
        if (kind_name == "grade" && school)
            return work_.units.grade_of(*school, work_.units.label(*school, row.text(unit_field::name), ""));
        return work_.units.named(row.text(unit_field::name), kind_name);
    }

    OrganisationRow said(RowReader& row, std::string const& kind_name, Unit& above)
    {
        OrganisationRow unit;
        unit.kind = kind_name;
        unit.name = row.text(unit_field::name);
        unit.code = row.text(unit_field::code);
        unit.stages = read_stages(row, unit.name, kind_name);
        unit.entry_year = read_number(row, unit_field::entry_year);
        unit.number = read_number(row, unit_field::number);
        unit.resource_kind = row.text(unit_field::resource_kind);
        unit.address = row.text(unit_field::address);
        unit.contact = row.text(unit_field::contact);
        unit.phone = row.text(unit_field::phone);
        if (auto const* const school = work_.units.school_above(above); school && (kind_name == "class" || kind_name == "grade")) {
            auto const label = kind_name == "class" ? work_.units.label(*school, above.kind == "grade" ? above.name : "", unit.name)
                                                    : work_.units.label(*school, unit.name, "");
            unit.stages = unit.stages.empty() ? (label.stage.empty() ? above.stages : label.stage) : unit.stages;
            unit.entry_year = unit.entry_year ? unit.entry_year : label.entry_year ? label.entry_year : above.entry_year;
            unit.number = unit.number ? unit.number : label.number;
        }
        unit.opened_on = usual_opening(unit, work_.call.today());
        return unit;
    }

    void place(RowReader& row, std::string const& kind_name)
    {
        auto* const above = parent_of(row);
        if (!above)
            return;
        if (auto const misplaced = placement_fault(kind_name, above->kind))
            return row.fault(unit_field::parent, "place", *misplaced);
        auto const unit = said(row, kind_name, *above);
        auto const found = known(row, kind_name, *above);
        if (found.is_ambiguous)
            return row.fault(unit_field::name, "ambiguous",
                {"系统中有几个同名机构，请用代码区分。", "Several organisations have this name; tell them apart by code."});
        if (found.unit && !seen_.insert(found.unit->id).second)
            return row.fault(unit_field::name, "duplicate", {"文件中重复出现。", "It is in the file twice."});
        if (found.unit) {
            spoken_of_[row.text(unit_field::name)] = found.unit->id;
            return update(row, *found.unit, unit);
        }
        add(row, unit, *above);
    }

    void add(RowReader& row, OrganisationRow const& unit, Unit const& above)
    {
        if (!work_.source.may_make_organisations)
            return row.fault(unit_field::name, "no_right", {"没有建立机构的权限。", "You have no right to add organisations."});
        auto const& made = work_.units.add(unit, above);
        work_.add_unit(made);
        seen_.insert(made.id);
        spoken_of_[made.name] = made.id;
        row.finding().action = imports::Action::add;
        row.finding().detail = words_of(organisation_kinds(), unit.kind);
    }

    void update(RowReader& row, Unit& unit, OrganisationRow const& wanted)
    {
        auto const before = fields_of(unit);
        auto& finding = row.finding();
        auto const text = [&](std::string& field, std::string const& value, std::size_t at) {
            auto const& of = table_.kind().fields[at];
            if (note_change(finding, of.field, of.name, field, value, list_has(unit.hand_edited, of.field)))
                field = value;
        };
        auto const count = [&](std::int64_t& field, std::int64_t value, std::size_t at) {
            auto const& of = table_.kind().fields[at];
            if (value
                && note_change(
                    finding, of.field, of.name, std::to_string(field), std::to_string(value), list_has(unit.hand_edited, of.field)))
                field = value;
        };
        text(unit.code, wanted.code, unit_field::code);
        text(unit.stages, wanted.stages, unit_field::stages);
        count(unit.entry_year, wanted.entry_year, unit_field::entry_year);
        count(unit.number, wanted.number, unit_field::number);
        text(unit.resource_kind, wanted.resource_kind, unit_field::resource_kind);
        text(unit.address, wanted.address, unit_field::address);
        text(unit.contact, wanted.contact, unit_field::contact);
        text(unit.phone, wanted.phone, unit_field::phone);
        if (auto const after = fields_of(unit); after != before) {
            finding.action = imports::Action::change;
            work_.plan.units.push_back({unit.id.value, before, after});
            work_.plan.touched[SubjectKind::organisation].push_back(unit.id.value);
        }
    }

    RosterWork& work_;
    imports::Table const& table_;
    std::set<OrganisationId> seen_;
    std::unordered_map<std::string, OrganisationId> spoken_of_; // the last one of each name in the rows above
};

} // namespace

void match_organisations(RosterWork& work, imports::Table const& table)
{
    UnitMatch match(work, table);
    for (std::size_t i = 0; i < table.size(); ++i)
        match.match(i);
}

Unit* RosterWork::school_of(RowReader& row, std::string_view name, std::string_view code, std::size_t field)
{
    auto const found = units.school(name, code);
    if (found.unit)
        return found.unit;
    if (name.empty() && code.empty())
        row.fault(field, "missing_school", {"缺少学校名称。", "The school is missing."});
    else if (found.is_ambiguous)
        row.fault(
            field, "ambiguous", {"有几所同名学校，请填写学校标识码。", "Several schools have this name; give the school's code."});
    else
        row.fault(field, "unknown_school", {"您管理的范围内没有这所学校。", "There is no such school within your reach."});
    return nullptr;
}

RosterWork::ClassAnswer RosterWork::class_of(RowReader& row)
{
    auto const grade = row.text(pupil_field::grade), class_text = row.text(pupil_field::class_);
    ClassAnswer answer;
    answer.school = school_of(row, row.text(pupil_field::school), row.text(pupil_field::code), pupil_field::school);
    if (!answer.school || class_text.empty())
        return answer;
    auto const found = units.class_of(*answer.school, grade, class_text);
    answer.unit = found.unit;
    answer.to_make = units.label(*answer.school, grade, class_text);
    bool const can_make
        = answer.to_make.entry_year && answer.to_make.number && !answer.to_make.stage.empty() && source.may_make_organisations;
    if (found.is_ambiguous)
        row.fault(pupil_field::class_, "ambiguous", {"有几个班级符合，请写明年级。", "Several classes fit; give the grade."});
    else if (!found.unit && !can_make)
        row.fault(pupil_field::class_, "unknown_class", {"学校没有这个班级。", "The school has no such class."});
    else if (found.unit && split_list(found.unit->stages).size() != 1)
        row.fault(pupil_field::class_, "no_stage", {"请先给这个班级设置唯一的学段。", "Give this class exactly one stage first."});
    return answer;
}

Unit& RosterWork::make_class(RowReader& row, ClassAnswer const& answer)
{
    auto const& label = answer.to_make;
    auto const make = [&](std::string kind, std::string name, std::int64_t number, Unit const& above) -> Unit& {
        OrganisationRow made;
        made.kind = std::move(kind);
        made.name = std::move(name);
        made.stages = label.stage;
        made.entry_year = label.entry_year;
        made.number = number;
        made.opened_on = usual_opening(made, call.today());
        auto& unit = units.add(std::move(made), above);
        add_unit(unit);
        return unit;
    };
    auto const& school = *answer.school;
    auto* grade = units.grade_of(school, label).unit;
    if (!grade)
        grade = &make("grade", grade_name(label, school.stages), 0, school);
    auto& unit = make("class", class_name(label, school.stages), label.number, *grade);
    row.finding().detail = {fmt::format("新建班级“{}”。", unit.name), fmt::format("Makes the class \"{}\".", unit.name)};
    return unit;
}

void RosterWork::add_unit(Unit const& unit)
{
    plan.new_units.push_back(unit);
    plan.added[SubjectKind::organisation].push_back(unit.id.value);
}

} // namespace concentric::directory
