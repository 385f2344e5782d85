#pragma once

#include "core/call.hpp"

// Told before pupils' files are opened in somebody's post, so that whoever guards children's data may refuse.
namespace concentric::directory {

// A listener that throws keeps the file shut. It may say in `call.audit_detail` by what right the file was opened.
struct FileOpened {
    PersonId student;
};

// What is in many files is to be listed or handed out at once, which a request for one pupil's file does not allow. A listener may
// say no.
struct FilesListed {
    bool* is_allowed;
};

bool is_pupil(Call& call, PersonId person);
// Publishes FileOpened where the person is a pupil; files of others open by permission alone.
void open_file(Call& call, PersonId person);
// Whether the viewer's post may have what is in the files of all pupils that it reaches.
bool may_list_files(Call& call);
// 403 "standing_purpose_needed" unless it may.
void require_files(Call& call);

} // namespace concentric::directory
