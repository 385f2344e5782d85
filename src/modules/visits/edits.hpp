#pragma once

#include "lib/field_merge.hpp"
#include "modules/visits/views.hpp"

// A visit's record as the sum of what everybody changed of it.
namespace concentric::visits {

using FieldValues = std::map<std::string, std::optional<std::string>>; // JSON by name

// What `input` says, by field.
FieldValues values_of(RecordFields const& input);
FieldValues values_of(RecordVisit const& input);

// Form, time and length make a record, and the ledger's entry stands on them.
bool is_fact(std::string_view name);

class RecordEdits {
public:
    RecordEdits(Call& call, VisitRow const& visit);

    std::vector<VisitEditId> ids() const;
    bool has(VisitEditId id) const;
    lib::MergedFields const& merged() const { return merged_; }
    // Stores it. 409 for too many.
    void add(lib::FieldEdit edit, PersonId author);

    // Nothing before all facts are there.
    std::optional<VisitRecord> record() const;
    std::optional<RecordFields> unfinished() const;
    // Of all choices: while nobody has decided, nothing that was agreed with a family is hidden from it.
    std::vector<AgreedPoint> points() const;
    std::vector<RecordConflict> conflicts(Call&) const;
    // Who wrote what is in force last.
    PersonId author() const;

private:
    void merge() { merged_ = lib::merged(edits_); }
    void keep() const;

    Call& call_;
    VisitId visit_;
    std::vector<lib::FieldEdit> edits_;
    std::map<std::int64_t, PersonId> authors_;
    lib::MergedFields merged_;
};

} // namespace concentric::visits
