#pragma once

#include "core/call.hpp"

// Told before a pupil's file is opened in somebody's post, so that whoever guards children's data may refuse.
namespace concentric::directory {

// A listener that throws keeps the file shut. It may say in `call.audit_detail` by what right the file was opened.
struct FileOpened {
    PersonId student;
};

} // namespace concentric::directory
