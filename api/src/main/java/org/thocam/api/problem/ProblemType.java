package org.thocam.api.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Every kind of error the doors answer with; each is documented, in English and Vietnamese, at {@link #path()}. RFC 9457, section 3.1.1. */
public enum ProblemType {
    BAD_REQUEST(
            400,
            "The request cannot be understood",
            "Yêu cầu không đọc được",
            "A parameter, a header or the body is not what it has to be. The detail names it and says what was expected.",
            "Một tham số, một tiêu đề hoặc phần thân của yêu cầu không đúng dạng. Phần chi tiết nêu rõ chỗ sai và dạng đúng."),
    UNAUTHORIZED(
            401,
            "A valid token is needed",
            "Cần mã truy cập hợp lệ",
            "Send 'Authorization: Bearer thocam_...'. The administrator makes a token with 'thocam token create'.",
            "Hãy gửi 'Authorization: Bearer thocam_...'. Người quản trị tạo mã bằng lệnh 'thocam token create'."),
    FORBIDDEN(
            403,
            "The token's role does not allow this",
            "Vai trò của mã truy cập không cho phép việc này",
            "The token is good, but its role may not do this. Ask the administrator for a token of another role.",
            "Mã truy cập hợp lệ nhưng vai trò của nó không được làm việc này. Hãy xin người quản trị một mã có vai trò khác."),
    NOT_FOUND(
            404,
            "Nothing is there",
            "Không tìm thấy",
            "There is nothing at this address, or nothing that you may see.",
            "Không có gì ở địa chỉ này, hoặc không có gì mà bạn được xem."),
    METHOD_NOT_ALLOWED(
            405,
            "The method is not allowed here",
            "Phương thức không được phép ở đây",
            "The 'Allow' header lists the methods of this address.",
            "Tiêu đề 'Allow' liệt kê các phương thức dùng được ở địa chỉ này."),
    NOT_ACCEPTABLE(
            406,
            "No such format",
            "Không có định dạng này",
            "None of the formats in 'Accept' or 'format' can be given. The detail lists the formats there are.",
            "Không có định dạng nào trong 'Accept' hoặc 'format' dùng được. Phần chi tiết liệt kê các định dạng có sẵn."),
    TIMEOUT(
            408,
            "The request came too slowly",
            "Yêu cầu gửi đến quá chậm",
            "The body did not arrive in time. Send it again over a faster connection or in smaller parts.",
            "Phần thân của yêu cầu không đến kịp. Hãy gửi lại qua đường truyền nhanh hơn hoặc chia nhỏ."),
    CONFLICT(
            409,
            "The id is taken",
            "Định danh đã được dùng",
            "An id names one item for ever. Choose another id, or change the item with PUT and If-Match.",
            "Mỗi định danh mãi mãi chỉ một mục. Hãy chọn định danh khác, hoặc sửa mục đó bằng PUT với If-Match."),
    GONE(
            410,
            "The item was withdrawn",
            "Mục này đã được rút lại",
            "The item was here and was withdrawn; its id is not used again.",
            "Mục này từng có ở đây và đã được rút lại; định danh của nó không dùng lại."),
    PRECONDITION_FAILED(
            412,
            "Somebody else changed the item",
            "Người khác đã sửa mục này",
            "The item is no longer the version that If-Match names. Read it again, then repeat the change.",
            "Mục này không còn là phiên bản mà If-Match nêu. Hãy đọc lại rồi sửa lại."),
    TOO_LARGE(
            413,
            "The body is too large",
            "Phần thân quá lớn",
            "The body is larger than this address takes. Send files as multipart/form-data, or ask for a higher limit.",
            "Phần thân lớn hơn mức địa chỉ này nhận. Hãy gửi tệp bằng multipart/form-data, hoặc xin nâng giới hạn."),
    URI_TOO_LONG(
            414,
            "The address is too long",
            "Địa chỉ quá dài",
            "Shorten the query, or send it with POST where that is possible.",
            "Hãy rút ngắn truy vấn, hoặc gửi bằng POST ở nơi cho phép."),
    UNSUPPORTED_MEDIA_TYPE(
            415,
            "The body's format is not taken here",
            "Định dạng của phần thân không được nhận ở đây",
            "The 'Content-Type' is missing or not one that this address takes.",
            "Thiếu 'Content-Type' hoặc địa chỉ này không nhận loại đó."),
    RANGE_NOT_SATISFIABLE(
            416,
            "The range is outside the file",
            "Khoảng byte nằm ngoài tệp",
            "'Content-Range' gives the file's size.",
            "'Content-Range' cho biết kích thước của tệp."),
    INVALID(
            422,
            "The record is not right",
            "Bản ghi không đúng",
            "The body is JSON, but a field is not what it has to be. 'errors' points at the field.",
            "Phần thân là JSON nhưng có trường không đúng. 'errors' chỉ ra trường đó."),
    PRECONDITION_REQUIRED(
            428,
            "If-Match is needed",
            "Cần có If-Match",
            "Read the item and send its ETag as If-Match, so that nobody's change is lost.",
            "Hãy đọc mục đó rồi gửi ETag của nó trong If-Match, để không làm mất thay đổi của người khác."),
    TOO_MANY_REQUESTS(
            429,
            "Too many requests",
            "Quá nhiều yêu cầu",
            "Wait as many seconds as 'Retry-After' says.",
            "Hãy đợi số giây ghi trong 'Retry-After'."),
    HEADERS_TOO_LARGE(
            431,
            "The headers are too large",
            "Phần tiêu đề quá lớn",
            "Send fewer or shorter headers.",
            "Hãy gửi ít tiêu đề hơn hoặc ngắn hơn."),
    INTERNAL(
            500,
            "The server failed",
            "Máy chủ gặp lỗi",
            "The fault is ours. The log has it under the 'instance' of this answer: send that to the administrator.",
            "Lỗi thuộc về máy chủ. Nhật ký ghi lỗi theo 'instance' của câu trả lời này: hãy gửi nó cho người quản trị."),
    UNAVAILABLE(
            503,
            "A part of the server is not there now",
            "Một phần của máy chủ tạm thời không hoạt động",
            "Try again after as many seconds as 'Retry-After' says.",
            "Hãy thử lại sau số giây ghi trong 'Retry-After'."),
    STORAGE_FULL(
            507,
            "The archive's disk is full",
            "Đĩa của kho lưu trữ đã đầy",
            "Nothing was changed. The administrator must make room.",
            "Chưa có gì thay đổi. Người quản trị cần dọn chỗ trống."),
    // those of the SPARQL door; the first type of a status above is its general one
    QUERY_REFUSED(
            403,
            "This is refused in a query",
            "Truy vấn không được dùng cách này",
            "SERVICE, FROM, functions that reach out and the like are refused to everybody. The detail names what was refused.",
            "SERVICE, FROM, các hàm gọi ra ngoài và những thứ tương tự đều bị từ chối với mọi người. Phần chi tiết nêu rõ điều bị từ chối."),
    QUERY_TOO_COMPLEX(
            400,
            "The query is too complex",
            "Truy vấn quá phức tạp",
            "The query, or a regular expression in it, is nested too deeply to be answered. Make it simpler.",
            "Truy vấn, hoặc một biểu thức chính quy trong đó, lồng quá sâu nên không trả lời được. Hãy viết đơn giản hơn."),
    QUERY_TOO_LONG(
            413,
            "The query is too long",
            "Truy vấn quá dài",
            "The detail says how many characters a query may have.",
            "Phần chi tiết nêu số ký tự tối đa của một truy vấn."),
    RESULT_TOO_LARGE(
            422,
            "The result is too large",
            "Kết quả quá lớn",
            "Nothing was sent. Ask for less, page with ORDER BY, LIMIT and OFFSET, or harvest over OAI-PMH.",
            "Chưa có gì được gửi. Hãy hỏi ít hơn, chia trang bằng ORDER BY, LIMIT và OFFSET, hoặc thu thập qua OAI-PMH."),
    TIME_LIMIT(
            503,
            "The query took too long",
            "Truy vấn mất quá nhiều thời gian",
            "The query was stopped and nothing was sent. Make it more selective; asking it again as it is will not help.",
            "Truy vấn đã bị dừng và chưa có gì được gửi. Hãy thu hẹp truy vấn; hỏi lại y như cũ sẽ không có kết quả."),
    MEMORY_LIMIT(
            503,
            "The query needs too much memory",
            "Truy vấn cần quá nhiều bộ nhớ",
            "Memory ran short, and all queries were stopped. Ask again; if it happens again, make the query more selective.",
            "Bộ nhớ sắp hết nên mọi truy vấn đã bị dừng. Hãy hỏi lại; nếu vẫn vậy, hãy thu hẹp truy vấn."),
    TOO_MANY_QUERIES(
            503,
            "Too many queries at once",
            "Quá nhiều truy vấn cùng lúc",
            "Ask again after as many seconds as 'Retry-After' says.",
            "Hãy hỏi lại sau số giây ghi trong 'Retry-After'."),
    GRAPH_IS_A_VIEW(
            403,
            "The graph cannot be written",
            "Không ghi được vào đồ thị",
            "The graph is a view of the archive and is made again from it. Change the item at /api/v1/items, and the graph follows.",
            "Đồ thị là một cách nhìn của kho lưu trữ và được dựng lại từ kho. Hãy sửa tài liệu tại /api/v1/items, đồ thị sẽ thay đổi theo."),
    EDIT_CONFLICT(
            409,
            "Two people changed the same field",
            "Hai người đã sửa cùng một trường",
            "Nothing was changed. 'base' is what you read, 'mine' what the dictionary has now, 'theirs' what you sent; 'conflicts' names each field. "
                    + "What you sent is kept beside the entry under 'conflict'. Choose, edit again with the new ETag as If-Match, then settle the conflict.",
            "Chưa có gì thay đổi. 'base' là bản bạn đã đọc, 'mine' là bản hiện có trong từ điển, 'theirs' là bản bạn gửi; 'conflicts' nêu từng trường. "
                    + "Bản bạn gửi được giữ bên cạnh mục từ dưới tên 'conflict'. Hãy chọn, sửa lại với ETag mới trong If-Match, rồi khép xung đột."),
    // those of the entities
    INVALID_ENTITY(
            422,
            "The entity breaks a rule",
            "Dữ liệu của thực thể không hợp lệ",
            "Nothing was changed. Each of 'errors' names the rule ('shape'), the column ('path'), what stands there ('value') and what was expected.",
            "Chưa có gì thay đổi. Mỗi lỗi trong 'errors' nêu quy tắc ('shape'), cột ('path'), giá trị tìm thấy ('value') và giá trị cần có."),
    ENTITY_DELETED(
            410,
            "The entity was deleted",
            "Thực thể này đã bị xóa",
            "The entity was here and was deleted; its id is not given again. 'replacedBy' names the one that stands for it now, if there is one.",
            "Thực thể này từng có ở đây và đã bị xóa; định danh của nó không dùng lại. 'replacedBy' nêu thực thể thay thế, nếu có."),
    RESERVED(
            409,
            "The id belongs to the reference data",
            "Định danh thuộc về dữ liệu tham chiếu",
            "Peoples, languages, places, festivals and the like are changed at /api/v1/entities, not as items. Give the item another id.",
            "Dân tộc, ngôn ngữ, địa danh, lễ hội v.v. được sửa tại /api/v1/entities, không phải như một mục. Hãy cho mục một định danh khác."),
    // those of the queue, and of requests that may come twice
    QUEUE_FULL(
            503,
            "Too much waits to be taken in",
            "Hàng đợi đã đầy",
            "Nothing was kept. Send it again after as many seconds as 'Retry-After' says, or without 'Prefer: respond-async'.",
            "Chưa có gì được lưu. Hãy gửi lại sau số giây ghi trong 'Retry-After', hoặc gửi không kèm 'Prefer: respond-async'."),
    JOB_BEGUN(
            409,
            "The job is not queued any more",
            "Công việc không còn trong hàng đợi",
            "Only a job that nobody works on can be taken back. Once it is done, change or withdraw the item.",
            "Chỉ có thể rút lại công việc chưa ai xử lý. Khi đã xong, hãy sửa hoặc rút mục đó."),
    STILL_UNDER_WAY(
            409,
            "The first request with this key is still under way",
            "Yêu cầu đầu tiên với khóa này vẫn đang được xử lý",
            "Send the same again, with the same Idempotency-Key, after as many seconds as 'Retry-After' says: you get the answer to the first.",
            "Hãy gửi lại y như vậy, với cùng Idempotency-Key, sau số giây ghi trong 'Retry-After': bạn sẽ nhận câu trả lời của lần đầu."),
    KEY_REUSED(
            422,
            "The key was sent with another request",
            "Khóa này đã được gửi kèm một yêu cầu khác",
            "An Idempotency-Key is for one request and its repetitions. Nothing was done; choose another key.",
            "Mỗi Idempotency-Key chỉ dành cho một yêu cầu và các lần gửi lại của nó. Chưa có gì được làm; hãy chọn khóa khác."),
    // those of what is made of sound, film and pictures
    UNDERIVABLE(
            422,
            "Nothing can be made of this file",
            "Không tạo được gì từ tệp này",
            "The file is broken, too large, or of a format that is not read here: 'state' and 'reason' say which. The file itself can be had as it is.",
            "Tệp bị hỏng, quá lớn, hoặc có định dạng không đọc được ở đây: 'state' và 'reason' nêu lý do. Vẫn lấy được chính tệp đó nguyên vẹn."),
    PROGRAM_MISSING(
            503,
            "A program is not installed on the server",
            "Máy chủ chưa cài một chương trình",
            "'program' names it. The administrator installs it; 'thocam doctor' says what is missing. The file itself can be had as it is.",
            "'program' nêu tên chương trình. Người quản trị cần cài nó; 'thocam doctor' cho biết còn thiếu gì. Vẫn lấy được chính tệp đó nguyên vẹn."),
    BEING_MADE(
            503,
            "It is being made",
            "Đang được tạo",
            "Ask again after as many seconds as 'Retry-After' says.",
            "Hãy hỏi lại sau số giây ghi trong 'Retry-After'.");

    private final int status;
    private final String title;
    private final String titleVi;
    private final String meaning;
    private final String meaningVi;

    ProblemType(int status, String title, String titleVi, String meaning, String meaningVi) {
        this.status = status;
        this.title = title;
        this.titleVi = titleVi;
        this.meaning = meaning;
        this.meaningVi = meaningVi;
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    public String titleVi() {
        return titleVi;
    }

    public String meaning() {
        return meaning;
    }

    public String meaningVi() {
        return meaningVi;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String path() {
        return "/problems/" + word();
    }

    public static Optional<ProblemType> ofWord(String word) {
        return Arrays.stream(values()).filter(type -> type.word().equals(word)).findFirst();
    }

    /** The type for a status that a library chose: the very one, else the general one of its class. */
    public static ProblemType ofStatus(int status) {
        return Arrays.stream(values())
                .filter(type -> type.status == status)
                .findFirst()
                .orElse(status >= 500 ? INTERNAL : BAD_REQUEST);
    }
}
