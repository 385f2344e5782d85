#include "modules/imports/report.hpp"

#include "core/blobs.hpp"
#include "lib/workbook.hpp"

namespace concentric::imports {
namespace {

constexpr char const* xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

Words words_of(Action action)
{
    switch (action) {
    case Action::add: return {"新增", "Added"};
    case Action::change: return {"修改", "Changed"};
    case Action::move: return {"调班", "Moved"};
    case Action::leave: return {"不变", "Unchanged"};
    case Action::fault: break;
    }
    return {"未导入", "Left out"};
}

std::vector<std::string> headings(Call const& call, std::initializer_list<Words> list)
{
    std::vector<std::string> said;
    for (auto const& words : list)
        said.push_back(call.say(words));
    return said;
}

std::string sheet_kind_name(Call const& call, Importer const& importer, std::string_view kind)
{
    for (auto const& known : importer.sheets)
        if (known.kind == kind)
            return call.say(known.name);
    return std::string(kind);
}

void write_counts(Call const& call, Importer const& importer, ImportRow const& row, lib::WorkbookWriter& workbook)
{
    auto const counts = reflect::from_json<Counts>(row.counts);
    workbook.add_sheet(call.say({"概况", "Summary"}),
        headings(call,
            {{"内容", "What"}, {"新增", "Added"}, {"修改", "Changed"}, {"调班", "Moved"}, {"不变", "Unchanged"},
                {"未导入", "Left out"}, {"提醒", "Warnings"}}));
    for (auto const& count : counts.kinds)
        workbook.add_row({sheet_kind_name(call, importer, count.kind), count.added, count.changed, count.moved, count.left,
            count.faulty, count.warnings});
    for (auto const& fault : counts.faults)
        workbook.add_row({call.say({fault.zh, fault.en}), lib::Value(), lib::Value(), lib::Value(), lib::Value(),
            fault.is_warning ? lib::Value() : lib::Value(fault.count), fault.is_warning ? lib::Value(fault.count) : lib::Value()});
}

void write_faults(Call const& call, std::string const& preview, lib::WorkbookWriter& workbook)
{
    workbook.add_sheet(call.say({"问题", "Problems"}),
        headings(call,
            {{"工作表", "Sheet"}, {"行", "Row"}, {"列", "Column"}, {"对象", "About"}, {"单元格内容", "Found"}, {"原因", "Reason"},
                {"处理", "Outcome"}}));
    PreviewReader reader(preview);
    while (auto const row = reader.next({}))
        for (auto const& fault : row->faults)
            workbook.add_row({row->sheet, row->row, fault.column.value_or(""), row->title, fault.found.value_or(""),
                call.say({fault.zh, fault.en}),
                call.say(fault.is_warning ? Words{"提醒", "Warning"} : Words{"整行未导入", "Row left out"})});
}

std::string changes_in_words(Call const& call, PreviewRow const& row)
{
    std::string text;
    for (auto const& change : row.changes) {
        text += (text.empty() ? "" : "；") + call.say({change.zh, change.en}) + "：" + change.before.value_or("") + " → "
            + change.after.value_or("");
        if (change.kept_by_hand)
            text += call.say({"（保留手工修改）", " (kept as edited by hand)"});
    }
    return text;
}

void write_rows(Call const& call, std::string const& preview, lib::WorkbookWriter& workbook)
{
    workbook.add_sheet(call.say({"明细", "Rows"}),
        headings(call,
            {{"工作表", "Sheet"}, {"行", "Row"}, {"处理", "Outcome"}, {"对象", "About"}, {"说明", "Detail"},
                {"修改内容", "Changes"}}));
    PreviewReader reader(preview);
    while (auto const row = reader.next({}))
        workbook.add_row({row->sheet, row->row, call.say(words_of(row->action)), row->title,
            call.say({row->detail_zh, row->detail_en}), changes_in_words(call, *row)});
}

void write_kept(Call const& call, std::string const& json, lib::WorkbookWriter& workbook)
{
    workbook.add_sheet(call.say({"撤销后保留", "Kept"}), headings(call, {{"对象", "What"}, {"原因", "Reason"}}));
    for (auto const& kept : reflect::from_json<Undone>(json).kept)
        workbook.add_row({kept.title, call.say({kept.zh, kept.en})});
}

// Examples of a sheet, a row for each; shorter lists leave the cell empty.
void write_examples(SheetKind const& kind, lib::WorkbookWriter& workbook)
{
    std::size_t rows = 0;
    for (auto const& field : kind.fields)
        rows = std::max(rows, field.examples.size());
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<lib::Value> cells;
        for (auto const& field : kind.fields)
            if (field.is_in_template)
                cells.emplace_back(i < field.examples.size() ? field.examples[i] : std::string());
        workbook.add_row(cells);
    }
}

} // namespace

Download make_report(Call& call, Importer const& importer, ImportRow const& row)
{
    lib::WorkbookWriter workbook;
    write_counts(call, importer, row, workbook);
    if (auto const preview = row.preview_hash.empty() ? std::nullopt : call.blobs.get(row.preview_hash)) {
        write_faults(call, *preview, workbook);
        write_rows(call, *preview, workbook);
    }
    if (auto const kept = row.report_hash.empty() ? std::nullopt : call.blobs.get(row.report_hash))
        write_kept(call, *kept, workbook);
    return {workbook.finish(), xlsx, call.say({"导入报告.xlsx", "import-report.xlsx"})};
}

Download make_template(Call& call, Importer const& importer)
{
    lib::WorkbookWriter workbook;
    for (auto const& kind : importer.sheets) {
        std::vector<std::string> names;
        for (auto const& field : kind.fields)
            if (field.is_in_template)
                names.push_back((field.required ? "*" : "") + call.say(field.name));
        workbook.add_sheet(call.say(kind.name), names);
        write_examples(kind, workbook);
    }
    workbook.add_sheet(call.say({"填写说明", "How to fill in"}),
        headings(call, {{"工作表", "Sheet"}, {"列", "Column"}, {"必填", "Required"}, {"说明", "Explanation"}}));
    for (auto const& kind : importer.sheets)
        for (auto const& field : kind.fields)
            if (field.is_in_template)
                workbook.add_row({call.say(kind.name), call.say(field.name), field.required ? call.say({"是", "yes"}) : "",
                    call.say(field.hint)});
    return {workbook.finish(), xlsx, call.say({importer.name.zh + "模板.xlsx", importer.kind + "-template.xlsx"})};
}

} // namespace concentric::imports
