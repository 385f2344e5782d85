#pragma once

#include "modules/imports/source.hpp"

// The columns that tables of past visits, lessons and activities have.
namespace concentric::ledger {

// Places of the fields in the sheet kind; history_sheet() lists them in this order.
namespace history_field {
enum : std::size_t {
    date,
    time,
    kind,
    organisation,
    grade,
    class_,
    student,
    student_number,
    student_identity,
    carer,
    carer_phone,
    staff,
    resource,
    minutes,
    hours,
    credit_hours,
    count,
    note
};
}

imports::SheetKind history_sheet();

} // namespace concentric::ledger
