#include "core/media_program.hpp"

#include "core/error.hpp"

namespace concentric {

static std::filesystem::path& programs_folder()
{
    static std::filesystem::path folder;
    return folder;
}

void look_for_media_programs_in(std::filesystem::path folder) { programs_folder() = std::move(folder); }

ProgramOutput run_media_program(std::string const& name, std::vector<std::string> const& words)
{
    std::vector<std::string> all{programs_folder().empty() ? name : (programs_folder() / name).string()};
    all.insert(all.end(), words.begin(), words.end());
    auto output = run_program(std::move(all));
    if (output.status == 127 || output.status == 126)
        throw ApiError(ErrorKind::unavailable,
            {"服务器上没有 ffmpeg，无法处理照片和音视频。请管理员运行 bin/setup 或设置 ffmpeg_folder，然后重试。",
                "The server has no ffmpeg for pictures, films and recordings. Whoever runs it is to run bin/setup or set "
                "ffmpeg_folder; then try again."});
    return output;
}

} // namespace concentric
