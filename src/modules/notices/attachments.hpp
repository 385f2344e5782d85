#pragma once

#include "core/route.hpp"
#include "modules/notices/composing.hpp"

// Files that go with a notice: documents and pictures, up to 20 MB each.
namespace concentric::notices {

std::vector<NoticeFile> files_of(Call&, NoticeId);
// Takes the files of a notice that goes away with it.
void remove_files(Call&, NoticeId);

// For the readers' routes: the file of a notice that they may read.
Download file_of(Call&, NoticeId, NoticeFileId);

Routes attachment_routes();

} // namespace concentric::notices
