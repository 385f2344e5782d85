#pragma once

#include "modules/imports/imports.hpp"

// The columns that rosters have, among them those of the national pupil-record system's export.
namespace concentric::directory {

// Places of the fields in their sheet kinds; roster_sheets() lists them in this order.
namespace unit_field {
enum : std::size_t { name, kind, parent, code, stages, entry_year, number, resource_kind, address, contact, phone };
}
namespace staff_field {
enum : std::size_t {
    name,
    sex,
    identity_kind,
    identity_number,
    phone,
    organisation,
    code,
    duty,
    subject,
    grade,
    class_,
    number,
    role,
    person
};
}
namespace pupil_field {
enum : std::size_t {
    name,
    sex,
    birth_day,
    identity_kind,
    identity_number,
    student_number,
    school_number,
    school,
    code,
    grade,
    class_,
    entry,
    residence,
    class_number,
    address,
    first_group, // six groups, in the order of student_groups()
    first_carer = first_group + 6, // carer_width fields for each carer: two of any relation, then the father and the mother
};
enum : std::size_t {
    carer_name,
    carer_relation,
    carer_phone,
    carer_identity_kind,
    carer_identity,
    carer_guardian,
    carer_person,
    carer_width
};
inline constexpr std::size_t carers = 4, father = 2, mother = 3;
} // namespace pupil_field

std::vector<imports::SheetKind> roster_sheets();

} // namespace concentric::directory
